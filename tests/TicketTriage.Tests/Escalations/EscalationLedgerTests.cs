using TicketTriage.Escalations;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class EscalationLedgerTests
{
    private static DateTimeOffset Now => SomeMatrix.Start;

    [Test]
    public async Task Every_transition_leads_where_it_says_and_none_begins_elsewhere(CancellationToken cancellationToken)
    {
        (EscalationTransition Transition, Func<EscalationLedger, Guid, Task> Make)[] ways =
        [
            (EscalationTransition.Raise, (ledger, id) => ledger.RaiseAsync(
                new RaiseLevel(id, SomeMatrix.Open(SomeMatrix.Ticket(), 2)), SomeMatrix.Notices(SomeMatrix.Mail("ben")), "1", Now, cancellationToken)),
            (EscalationTransition.Acknowledge, (ledger, id) => ledger.AcknowledgeAsync(id, AcknowledgedHow.Link, "anna", Now, cancellationToken)),
            (EscalationTransition.Repeat, (ledger, id) => ledger.RepeatAsync(
                new RepeatLevel(id, Now.AddDays(3)), [SomeMatrix.Mail()], Now.AddDays(2), cancellationToken)),
            (EscalationTransition.Close, (ledger, _) => ledger.CloseAsync(
                new CloseCycle(SomeMatrix.Ticket().Id, "first_reply@1", EscalationOutcome.Prevented), Now, cancellationToken)),
        ];

        using (Assert.EnterMultipleScope())
        {
            foreach (var (transition, make) in ways)
            {
                foreach (var from in Enum.GetValues<EscalationState>())
                {
                    await using var database = await TriageDatabase.CreateAsync();
                    var (ledger, id) = await OpenedAsync(database, cancellationToken);
                    await database.AskAsync<object>($"update escalations set state = '{from.Word()}'");

                    await make(ledger, id);

                    var expected = transition.From.Contains(from) ? transition.To : from;
                    Assert.That(
                        await database.AskAsync<string>($"select state from escalations where id = '{id}'"), Is.EqualTo(expected.Word()), $"{transition} from {from}");
                }
            }
        }
    }

    [Test]
    public async Task A_cycle_begins_once_whoever_tries(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new EscalationLedger(database.Pool);

        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ledger.OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket(), level: 1 + (i % 3)), SomeMatrix.Notices(SomeMatrix.Mail()), "1", Now, cancellationToken)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(opened.Count(one => one), Is.EqualTo(1));
            Assert.That(await database.AskAsync<long>("select count(*) from escalations"), Is.EqualTo(1));
            Assert.That(await database.AskAsync<long>("select count(*) from notices"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_cycle_that_is_over_does_not_begin_again(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);
        await ledger.AcknowledgeAsync(id, AcknowledgedHow.Link, "anna", Now, cancellationToken);

        Assert.That(
            await ledger.OpenAsync(SomeMatrix.Open(SomeMatrix.Ticket(), 2), SomeMatrix.Notices(), "1", Now, cancellationToken), Is.False);
    }

    [Test]
    public Task A_person_and_the_timer_never_both_win(CancellationToken cancellationToken) => RaceAsync(100, cancellationToken);

    [Test]
    [Explicit("Ten thousand races take minutes.")]
    [CancelAfter(1_800_000)]
    public Task A_person_and_the_timer_never_both_win_in_ten_thousand_races(CancellationToken cancellationToken) =>
        RaceAsync(10_000, cancellationToken);

    [TestCase(false, 3, Description = "there is no other way to tell anybody")]
    [TestCase(true, 1, Description = "people are told again by mail")]
    public async Task What_nobody_takes_is_noted_again_each_day_where_notes_are_all_there_is(bool hasMail, int notes)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, CancellationToken.None);
        PlannedNotice[] again = [new(NoticeChannel.Note, NoticePlan.Helpdesk, Now), .. hasMail ? [SomeMatrix.Mail()] : (PlannedNotice[])[]];

        for (var day = 1; day <= 3; day++)
        {
            await ledger.RepeatAsync(new RepeatLevel(id, Now.AddDays(day + 1)), again, Now.AddDays(day), CancellationToken.None);
        }

        Assert.That(await database.AskAsync<long>("select count(*) from notices where channel = 'note'"), Is.EqualTo(notes));
    }

    [Test]
    public async Task Taking_it_drops_what_waits_to_be_said(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);

        await ledger.AcknowledgeAsync(id, AcknowledgedHow.Assigned, "42", Now, cancellationToken);

        Assert.That(await database.AskAsync<string>("select state from notices"), Is.EqualTo("dropped"));
    }

    [Test]
    public async Task The_link_of_a_lower_level_takes_what_the_higher_has_by_now(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);
        var message = await new NoticeLedger(database.Pool).TakeMessageAsync(
            NoticeChannel.Mail, "anna", TimeSpan.FromMinutes(30), 5, Now, cancellationToken);
        await ledger.RaiseAsync(
            new RaiseLevel(id, SomeMatrix.Open(SomeMatrix.Ticket(), 2)), SomeMatrix.Notices(SomeMatrix.Mail("ben")), "1", Now, cancellationToken);

        var taken = await ledger.AcknowledgeMessageAsync(
            message?.Id ?? Guid.Empty, only: null, AcknowledgedHow.Link, "anna", Now, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Has.Count.EqualTo(1));
            Assert.That(await database.AskAsync<string>("select state from escalations where level = 2"), Is.EqualTo("acknowledged"));
            Assert.That(await database.AskAsync<bool>("select lower_level_could from escalations where level = 2"), Is.True);
        }
    }

    [Test]
    public async Task What_it_was_good_for_is_said_of_the_whole_cycle_and_can_be_corrected(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);
        await ledger.RaiseAsync(
            new RaiseLevel(id, SomeMatrix.Open(SomeMatrix.Ticket(), 2)), SomeMatrix.Notices(), "1", Now, cancellationToken);
        await ledger.CloseAsync(new CloseCycle(SomeMatrix.Ticket().Id, "first_reply@1", EscalationOutcome.Missed), Now, cancellationToken);

        await ledger.CorrectAsync(id, EscalationOutcome.Neutral, lowerLevelCould: null, "lead", cancellationToken);

        Assert.That(
            await database.AskAsync<string>("select string_agg(level || state || ':' || outcome || ':' || outcome_by, ' ' order by level) from escalations"),
            Is.EqualTo("1raised:neutral:lead 2closed:neutral:lead"));
    }

    [Test]
    public async Task Whether_a_lower_level_could_have_solved_it_is_corrected_where_there_is_one(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);
        await ledger.RaiseAsync(
            new RaiseLevel(id, SomeMatrix.Open(SomeMatrix.Ticket(), 2)), SomeMatrix.Notices(), "1", Now, cancellationToken);
        await ledger.CloseAsync(new CloseCycle(SomeMatrix.Ticket().Id, "first_reply@1", EscalationOutcome.Missed), Now, cancellationToken);
        var second = await database.AskAsync<Guid>("select id from escalations where level = 2");

        await ledger.CorrectAsync(id, EscalationOutcome.Prevented, lowerLevelCould: true, "lead", cancellationToken);
        await ledger.CorrectAsync(second, EscalationOutcome.Prevented, lowerLevelCould: true, "lead", cancellationToken);

        Assert.That(
            await database.AskAsync<string>("select string_agg(level || coalesce(lower_level_could::text, '-'), ' ' order by level) from escalations"),
            Is.EqualTo("1- 2true"));
    }

    [TestCase(EscalationGrouping.Cause, ExpectedResult = "first_reply:2 wants_person:1")]
    [TestCase(EscalationGrouping.Group, ExpectedResult = "7:3")]
    [TestCase(EscalationGrouping.Week, ExpectedResult = "2026-11-23:3")]
    public async Task<string> They_are_counted_by_what_is_asked_for(EscalationGrouping by)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new EscalationLedger(database.Pool);
        foreach (var (number, cause) in ((string, string)[])[("1", "first_reply"), ("2", "first_reply"), ("3", "wants_person")])
        {
            await ledger.OpenAsync(SomeMatrix.Open(SomeMatrix.Ticket(number), cause: cause), SomeMatrix.Notices(), "1", Now, CancellationToken.None);
        }

        var counts = await new EscalationRecords(database.Pool).CountAsync(Now.AddDays(-1), by, CancellationToken.None);

        return string.Join(' ', counts.Select(count => $"{count.Cause ?? count.GroupId ?? count.Product ?? $"{count.Week:yyyy-MM-dd}"}:{count.Levels}"));
    }

    [Test]
    public async Task Statistics_say_of_each_product_how_it_ended_and_how_long_taking_took(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new EscalationLedger(database.Pool);
        (string Number, string Product, EscalationOutcome? Outcome, int? TakenAfter)[] past =
        [
            ("1", "web-shop", EscalationOutcome.Prevented, 10), ("2", "web-shop", EscalationOutcome.Missed, 20),
            ("3", "web-shop", EscalationOutcome.Neutral, 60), ("4", "web-shop", null, null), ("5", "app", EscalationOutcome.Prevented, null),
        ];
        foreach (var (number, product, outcome, takenAfter) in past)
        {
            var ticket = SomeMatrix.Ticket(number) with { Product = product };
            await ledger.OpenAsync(SomeMatrix.Open(ticket), SomeMatrix.Notices(), "1", Now, cancellationToken);
            if (takenAfter is { } minutes)
            {
                await ledger.AcknowledgeAsync(ticket.Id, AcknowledgedHow.Link, "anna", Now.AddMinutes(minutes), cancellationToken);
            }

            if (outcome is { } ended)
            {
                await ledger.CloseAsync(new CloseCycle(ticket.Id, "first_reply@1", ended), Now.AddHours(2), cancellationToken);
            }
        }

        var counts = await new EscalationRecords(database.Pool).CountAsync(Now.AddDays(-1), EscalationGrouping.Product, cancellationToken);

        Assert.That(
            counts.Select(one => (one.Product, one.Levels, one.Acknowledged, one.Prevented, one.Missed, one.Neutral, one.MedianTaking)),
            Is.EqualTo(((string?, long, long, long, long, long, TimeSpan)[])
            [
                ("web-shop", 4, 3, 1, 1, 1, TimeSpan.FromMinutes(20)), ("app", 1, 0, 1, 0, 0, TimeSpan.Zero),
            ]));
    }

    [Test]
    public async Task Whether_a_lower_level_could_have_is_counted_of_raised_ones(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, id) = await OpenedAsync(database, cancellationToken);
        await ledger.RaiseAsync(
            new RaiseLevel(id, SomeMatrix.Open(SomeMatrix.Ticket(), 2)), SomeMatrix.Notices(), "1", Now.AddMinutes(20), cancellationToken);
        await ledger.AcknowledgeAsync(SomeMatrix.Ticket().Id, AcknowledgedHow.Link, "anna", Now.AddMinutes(25), cancellationToken);

        var count = (await new EscalationRecords(database.Pool).CountAsync(Now.AddDays(-1), EscalationGrouping.Cause, cancellationToken)).Single();

        Assert.That((count.Levels, count.Acknowledged, count.LowerLevelCould, count.MedianTaking), Is.EqualTo((2L, 1L, 1L, TimeSpan.FromMinutes(5))));
    }

    private static async Task RaceAsync(int races, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new EscalationLedger(database.Pool);
        var (taken, raised) = (0, 0);
        for (var i = 0; i < races; i++)
        {
            var ticket = SomeMatrix.Ticket($"{i}");
            await ledger.OpenAsync(SomeMatrix.Open(ticket), SomeMatrix.Notices(SomeMatrix.Mail()), "1", Now, cancellationToken);
            var id = await database.AskAsync<Guid>($"select id from escalations where number = '{i}'");
            var raise = new RaiseLevel(id, SomeMatrix.Open(ticket, 2));

            var person = ledger.AcknowledgeAsync(id, AcknowledgedHow.Link, "anna", Now, cancellationToken);
            var timer = ledger.RaiseAsync(raise, SomeMatrix.Notices(SomeMatrix.Mail("ben")), "1", Now, cancellationToken);
            var rival = ledger.RaiseAsync(raise, SomeMatrix.Notices(SomeMatrix.Mail("ben")), "1", Now, cancellationToken);
            bool[] won = await Task.WhenAll(person, timer, rival);

            Assert.That(won.Count(one => one), Is.EqualTo(1), $"race {i}");
            (taken, raised) = (taken + (won[0] ? 1 : 0), raised + (won[0] ? 0 : 1));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<long>("select count(*) from escalations where state = 'acknowledged'"), Is.EqualTo(taken));
            Assert.That(await database.AskAsync<long>("select count(*) from escalations where level = 2 and state = 'open'"), Is.EqualTo(raised));
            Assert.That(
                await database.AskAsync<long>(
                    "select count(*) from escalations a join escalations b using (helpdesk, number, cycle) where a.state = 'acknowledged' and b.level > a.level"),
                Is.Zero);
        }
    }

    private static async Task<(EscalationLedger Ledger, Guid Id)> OpenedAsync(TriageDatabase database, CancellationToken cancellationToken)
    {
        var ledger = new EscalationLedger(database.Pool);
        await ledger.OpenAsync(SomeMatrix.Open(SomeMatrix.Ticket()), SomeMatrix.Notices(SomeMatrix.Mail()), "1", Now, cancellationToken);
        return (ledger, await database.AskAsync<Guid>("select id from escalations"));
    }
}
