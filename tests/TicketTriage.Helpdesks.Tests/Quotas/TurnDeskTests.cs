using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Helpdesks.Tests.Quotas;

[CancelAfter(30_000)]
public class TurnDeskTests
{
    private readonly List<int> questions = [];
    private readonly SemaphoreSlim mayAnswer = new(0);
    private readonly SemaphoreSlim hasAsked = new(0);
    private int left;
    private int givenBack;

    [Test]
    public async Task Who_comes_during_a_question_shares_the_next(CancellationToken cancellationToken)
    {
        left = 10;
        var desk = NewDesk();
        var first = desk.TakeAsync(cancellationToken);
        await hasAsked.WaitAsync(cancellationToken);
        var others = Enumerable.Range(0, 4).Select(_ => desk.TakeAsync(cancellationToken)).ToList();
        mayAnswer.Release(2);

        var answers = await Task.WhenAll([first, .. others]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(questions, Is.EqualTo(new[] { 1, 4 }));
            Assert.That(answers.Select(answer => answer.IsGranted), Has.All.True);
        }
    }

    [Test]
    public async Task Where_not_all_can_have_one_the_first_do(CancellationToken cancellationToken)
    {
        left = 3;
        var desk = NewDesk();
        var first = desk.TakeAsync(cancellationToken);
        await hasAsked.WaitAsync(cancellationToken);
        var others = Enumerable.Range(0, 5).Select(_ => desk.TakeAsync(cancellationToken)).ToList();
        mayAnswer.Release(10);
        await first;
        var answers = await Task.WhenAll(others);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.IsGranted), Is.EqualTo(new[] { true, true, false, false, false }));
            Assert.That(questions, Is.EqualTo(new[] { 1, 5, 1, 1, 1 }), "The last answer holds for all that are left.");
        }
    }

    [Test]
    public async Task Who_leaves_early_loses_no_turn(CancellationToken cancellationToken)
    {
        left = 5;
        var desk = NewDesk();
        using var impatience = new CancellationTokenSource();
        var leaving = desk.TakeAsync(impatience.Token);
        await hasAsked.WaitAsync(cancellationToken);
        await impatience.CancelAsync();
        mayAnswer.Release(2);
        await desk.TakeAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => leaving, Throws.InstanceOf<OperationCanceledException>());
            Assert.That(givenBack, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_failure_reaches_all_who_shared_the_question_and_nobody_after(CancellationToken cancellationToken)
    {
        left = -1;
        var desk = NewDesk();
        mayAnswer.Release(2);

        Assert.That(() => desk.TakeAsync(cancellationToken), Throws.TypeOf<InvalidOperationException>());
        left = 1;
        var next = await desk.TakeAsync(cancellationToken);

        Assert.That(next.IsGranted, Is.True);
    }

    private TurnDesk NewDesk() => new(TakeAsync, () => givenBack++);

    private async Task<QuotaAnswer> TakeAsync(int count)
    {
        questions.Add(count);
        hasAsked.Release();
        await mayAnswer.WaitAsync();
        if (left < 0)
        {
            throw new InvalidOperationException("The ledger is broken.");
        }

        var isGranted = left >= count;
        left -= isGranted ? count : 0;
        return new QuotaAnswer(isGranted, TimeSpan.FromSeconds(isGranted ? 0 : 1), []);
    }
}
