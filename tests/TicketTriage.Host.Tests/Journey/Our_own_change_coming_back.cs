using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>Each guard against going in circles, alone: the other three are put out of action, and without all of them it does go round.</summary>
[CancelAfter(180_000)]
internal sealed class Our_own_change_coming_back
{
    private const string Version = "new.stamp := 'forgotten';";
    private const string Content = "new.content_hash := 'forgotten';";

    /// <summary>The condition that an administrator writes into the trigger: none of the tags that every triage leaves one of.</summary>
    private static readonly string[] TagsInTheCondition =
        ["triage_sentiment_negative", "triage_sentiment_neutral", "triage_sentiment_positive", "triage_sentiment_unclear"];

    [Test]
    public async Task Its_author_alone_stops_it_at_the_door(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await ForgetAsync(triage, Version + Content, cancellationToken);

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.Deliveries, Has.Count.GreaterThan(1), "it did come back");
        }
    }

    [Test]
    public async Task Its_author_alone_stops_it_where_the_door_has_let_it_in(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await ForgetAsync(triage, Version + Content, cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var ownId = $"{triage.Sandbox.Integration.Id}";
        var own = new IncomingDelivery("let in", $"{ticket.Number}", "test", ownId);
        await triage.Services.GetRequiredService<IntakeLedger>().StoreAsync(
            [new AcceptedDelivery(TriageUnderTest.Helpdesk, own, IsOwn: false)], cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.Reason, Is.EqualTo("Only this service has changed it."));
        }
    }

    [Test]
    public async Task The_version_on_our_receipt_alone_stops_it(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await ForgetAsync(triage, Content, cancellationToken);
        var ticket = await TriageUnheardAsync(triage, cancellationToken);

        await TellWithoutAuthorAsync(triage, ticket.Number, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.Reason, Does.StartWith("This version"));
        }
    }

    [Test]
    public async Task What_the_customer_has_said_alone_stops_it(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await ForgetAsync(triage, Version, cancellationToken);
        var ticket = await TriageUnheardAsync(triage, cancellationToken);

        await TellWithoutAuthorAsync(triage, ticket.Number, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.Reason, Does.Contain("nothing new"));
        }
    }

    [Test]
    public async Task A_tag_in_the_triggers_condition_alone_stops_it_and_without_it_the_cap_does(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await ForgetAsync(triage, Version + Content, cancellationToken);
        var number = (await TriageUnheardAsync(triage, cancellationToken)).Number;

        for (var round = 0; round < 3; round++)
        {
            if (!triage.Sandbox.GetTicket(number).Tags.Intersect(TagsInTheCondition).Any())
            {
                await TellWithoutAuthorAsync(triage, number, cancellationToken);
            }
        }

        var withCondition = triage.Sandbox.Journal.ApiChanges.Count;
        await TellWithoutAuthorAsync(triage, number, cancellationToken);
        await TellWithoutAuthorAsync(triage, number, cancellationToken);
        var withoutCondition = triage.Sandbox.Journal.ApiChanges.Count;
        await triage.TellOfAsync(number, cancellationToken);
        var record = await triage.WaitForRecordAsync(number, record => record.NextTryAt is not null && record.Reason is not null, cancellationToken);
        await triage.TellOfAsync(number, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(withCondition, Is.EqualTo(1));
            Assert.That(withoutCondition, Is.EqualTo(3), "with no guard left it goes round");
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(3), "three changes within the hour are the most");
            Assert.That(record.State, Is.EqualTo("received"));
            Assert.That(record.Reason, Does.Contain("WriteBack:MostPerTicketAndHour"));
            Assert.That(record.NextTryAt, Is.EqualTo(record.WriteBacks.Min(change => change.SentAt).AddHours(1)).Within(TimeSpan.FromSeconds(2)));
        }
    }

    [Test]
    public async Task What_a_customer_writes_in_the_very_second_of_our_change_is_not_taken_for_it(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        triage.Sandbox.Webhooks = new WebhookPlan { IsOn = false };
        triage.Sandbox.AddComment(ticket.Number, new NewComment { Body = "The parcel is here and both stools are broken! I want my money back." });
        var stamp = triage.Sandbox.GetTicket(ticket.Number).UpdatedAt.UtcDateTime;
        await triage.AskAsync<string>(
            $"update tickets set stamp = '{stamp:yyyy-MM-dd'T'HH:mm:ss'Z'}' returning stamp", cancellationToken);

        await triage.TellOfAsync(ticket.Number, cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(2));
    }

    /// <summary>Makes the database forget what guards go by, as soon as it is stored.</summary>
    private static Task<int> ForgetAsync(TriageUnderTest triage, string what, CancellationToken cancellationToken) => triage.AskAsync<int>(
        $"""
        create function forget() returns trigger language plpgsql as
        $$ begin {what} return new; end $$;
        create trigger forget before update of outcome on tickets
        for each row when (new.outcome = 'written') execute function forget();
        select 1
        """,
        cancellationToken);

    /// <summary>Triages a ticket of which no webhook tells, before or after.</summary>
    private static async Task<SandboxTicket> TriageUnheardAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        triage.Sandbox.Webhooks = new WebhookPlan { IsOn = false };
        var ticket = triage.AddUnheard(Mail.LateOrder);
        await TellWithoutAuthorAsync(triage, ticket.Number, cancellationToken);
        return triage.Sandbox.GetTicket(ticket.Number);
    }

    /// <summary>A trigger fires whose body names nobody.</summary>
    private static async Task TellWithoutAuthorAsync(TriageUnderTest triage, long number, CancellationToken cancellationToken)
    {
        var body = $$"""{"ticket_id": "{{number}}", "updated_at": "{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}}"}""";
        using var answer = await triage.DeliverAsync(new SignedDelivery(body), cancellationToken);
        answer.EnsureSuccessStatusCode();
        await triage.WhenQuietAsync(cancellationToken);
    }
}
