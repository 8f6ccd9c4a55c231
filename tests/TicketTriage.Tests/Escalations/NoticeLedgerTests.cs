using TicketTriage.Escalations;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class NoticeLedgerTests
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(30);

    private static DateTimeOffset Start => SomeMatrix.Start;

    [Test]
    public async Task A_storm_of_a_thousand_tickets_is_five_messages_with_all_of_them(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new NoticeLedger(database.Pool);
        var messages = new List<(DateTimeOffset At, EscalationMessage Message)>();
        for (var second = 0; second < 15 * 60; second += 10)
        {
            var now = Start.AddSeconds(second);
            await database.AskAsync<object>(Escalate(first: second * 1000 / 300, count: second < 300 ? 34 : 0, now));
            if (await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, now, cancellationToken) is { } message)
            {
                await ledger.SentAsync(message.Id, now, cancellationToken);
                messages.Add((now, message));
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(messages, Has.Count.LessThanOrEqualTo(5));
            Assert.That(messages[0].At, Is.EqualTo(Start));
            Assert.That(
                messages.SelectMany(sent => sent.Message.Lines).Select(line => line.Ticket),
                Is.Unique.And.Exactly((int)await database.AskAsync<long>("select count(*) from escalations")).Items);
        }
    }

    [Test]
    public async Task Many_couriers_make_one_message(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new NoticeLedger(database.Pool);
        await database.AskAsync<object>(Escalate(0, 40, Start));

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start, cancellationToken)));

        Assert.That(taken.OfType<EscalationMessage>().SelectMany(message => message.Lines).Select(line => line.Notice), Is.Unique.And.Exactly(40).Items);
    }

    [Test]
    public async Task Who_was_told_of_a_ticket_is_left_alone_with_it_for_a_while(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (escalations, ledger) = (new EscalationLedger(database.Pool), new NoticeLedger(database.Pool));
        await OpenAsync("first_reply", Start);
        await SendAsync(Start);
        await OpenAsync("resolution", Start.AddMinutes(5));

        var soon = await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start.AddMinutes(29), cancellationToken);
        var later = await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start.AddMinutes(30), cancellationToken);

        Assert.That((soon, later?.Lines.Single().Cause), Is.EqualTo(((EscalationMessage?)null, "resolution")));

        Task OpenAsync(string cause, DateTimeOffset at) => escalations.OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket(), 1, cause, cause), SomeMatrix.Notices(SomeMatrix.Mail() with { NotBefore = at }), "1", at, cancellationToken);

        async Task SendAsync(DateTimeOffset at)
        {
            var message = await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, at, cancellationToken);
            await ledger.SentAsync(message?.Id ?? Guid.Empty, at, cancellationToken);
        }
    }

    [Test]
    public async Task Mail_and_chat_of_one_level_are_one_telling_and_the_next_cause_waits_on_both(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (escalations, ledger) = (new EscalationLedger(database.Pool), new NoticeLedger(database.Pool));
        await OpenAsync("first_reply", new PlannedNotice(NoticeChannel.Mail, "anna", Start), new PlannedNotice(NoticeChannel.Chat, "anna", Start));

        var mail = await TakeAsync(NoticeChannel.Mail, 0);
        var chat = await TakeAsync(NoticeChannel.Chat, 1);
        await OpenAsync("resolution", new PlannedNotice(NoticeChannel.Chat, "anna", Start.AddMinutes(2)));
        await database.AskAsync<object>("update notices set state = 'dropped' where channel = 'chat' and state = 'sent'");
        var soon = await TakeAsync(NoticeChannel.Chat, 20);
        var later = await TakeAsync(NoticeChannel.Chat, 31);

        Assert.That((mail, chat, soon, later), Is.EqualTo(("first_reply", "first_reply", (string?)null, "resolution")));

        Task OpenAsync(string cause, params PlannedNotice[] notices) => escalations.OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket(), 1, cause, cause), SomeMatrix.Notices(notices), "1", Start, cancellationToken);

        async Task<string?> TakeAsync(NoticeChannel channel, int minute)
        {
            var message = await ledger.TakeMessageAsync(channel, "anna", CoolDown, 5, Start.AddMinutes(minute), cancellationToken);
            await ledger.SentAsync(message?.Id ?? Guid.Empty, Start.AddMinutes(minute), cancellationToken);
            return message?.Lines.Single().Cause;
        }
    }

    [Test]
    public async Task Tickets_of_one_cause_are_gathered_into_one_message(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (escalations, ledger) = (new EscalationLedger(database.Pool), new NoticeLedger(database.Pool));
        await OpenAsync("1", "problem 7", 0);
        var first = await TakeAsync(0);
        for (var minute = 1; minute <= 4; minute++)
        {
            await OpenAsync($"{10 + minute}", "problem 7", minute);
        }

        await OpenAsync("20", null, 1);
        var meanwhile = await TakeAsync(4);
        var gathered = await TakeAsync(6);

        Assert.That((first, meanwhile, gathered), Is.EqualTo(("1", "20", "11 12 13 14")));

        Task OpenAsync(string number, string? bundle, int minute) => escalations.OpenAsync(
            SomeMatrix.Open(SomeMatrix.Ticket(number) with { Bundle = bundle }), SomeMatrix.Notices(SomeMatrix.Mail("anna", minute)), "1",
            Start.AddMinutes(minute), cancellationToken);

        async Task<string> TakeAsync(int minute)
        {
            var message = await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start.AddMinutes(minute), cancellationToken);
            await ledger.SentAsync(message?.Id ?? Guid.Empty, Start.AddMinutes(minute), cancellationToken);
            return string.Join(' ', (message?.Lines ?? []).Select(line => line.Ticket.Number).Order(StringComparer.Ordinal));
        }
    }

    [Test]
    public async Task What_was_being_sent_when_its_process_died_is_not_sent_twice(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new NoticeLedger(database.Pool);
        await database.AskAsync<object>(Escalate(0, 1, Start));
        await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start, cancellationToken);

        var later = Start.AddHours(1);
        var lost = await ledger.MarkUnsureAsync(later, cancellationToken);

        Assert.That(
            (lost, await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, later, cancellationToken)),
            Is.EqualTo((1, (EscalationMessage?)null)));
    }

    [Test]
    public async Task What_surely_did_not_arrive_is_tried_again_and_told_another_way(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new NoticeLedger(database.Pool);
        await database.AskAsync<object>(Escalate(0, 1, Start));
        var message = await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start, cancellationToken);

        await ledger.FailedAsync(
            message?.Id ?? Guid.Empty, mayHaveArrived: false, "Away.", Start.AddMinutes(2),
            new PlannedNotice(NoticeChannel.Note, NoticePlan.Helpdesk, Start), Start, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ledger.TakeNotesAsync("acme", 10, Start, cancellationToken), Has.Count.EqualTo(1));
            Assert.That(
                await ledger.TakeMessageAsync(NoticeChannel.Mail, "anna", CoolDown, 5, Start.AddMinutes(2), cancellationToken), Is.Not.Null);
        }
    }

    [Test]
    public void The_pace_lets_the_first_through_and_never_more_than_five_in_fifteen_minutes()
    {
        var sent = new List<DateTimeOffset>();
        for (var second = 0; second < 3600; second++)
        {
            var now = Start.AddSeconds(second);
            if (MessagePace.NextAt(sent, 5, now) <= now)
            {
                sent.Add(now);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent[0], Is.EqualTo(Start));
            Assert.That(sent.Select(from => sent.Count(at => at >= from && at < from.AddMinutes(15))), Is.All.LessThanOrEqualTo(5));
            Assert.That(sent, Has.Count.GreaterThan(12));
        }
    }

    private static string Escalate(int first, int count, DateTimeOffset at) =>
        $$"""
        with opened as (
            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                     acknowledge_by, matrix_version, service_version)
            select gen_random_uuid(), 'acme', ({{first}} + i)::text, 'c', 'first_reply', 1, 'all', 'functional', 'open', '{}', '{}',
                '{{at:O}}', '{{at:O}}', '1', '1' from generate_series(1, {{count}}) i on conflict do nothing returning id)
        insert into notices (id, escalation_id, occasion, channel, recipient, not_before, created_at)
        select gen_random_uuid(), id, 'level', 'mail', 'anna', '{{at:O}}', '{{at:O}}' from opened
        """;
}
