using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.WriteBack;

namespace TicketTriage.Host.Tests.Feedback;

[CancelAfter(180_000)]
internal sealed partial class The_links_of_a_note
{
    [Test]
    public async Task Opening_one_counts_nothing_and_its_button_counts_once(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Settings = new Dictionary<string, string?> { ["Escalations:PublicUrl"] = "https://triage.acme.example" },
        });
        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        var links = Link().Matches(triage.Sandbox.ListComments(ticket.Number)[^1].Html ?? "").Select(link => link.Groups["path"].Value).ToList();
        var ledger = triage.Services.GetRequiredService<FeedbackLedger>();

        var page = await triage.Http.GetStringAsync(links[0], cancellationToken);
        var german = await Door.ReadInGermanAsync(triage.Http, links[1], cancellationToken);
        var before = await ledger.CountAsync(DateTimeOffset.UnixEpoch, cancellationToken);
        using var pressed = await triage.Http.PostAsync(links[0], new FormUrlEncodedContent([]), cancellationToken);
        using var other = await triage.Http.PostAsync(links[1], new FormUrlEncodedContent([]), cancellationToken);
        using var spoilt = await triage.Http.PostAsync(links[1][..^3] + "AAA", new FormUrlEncodedContent([]), cancellationToken);
        var after = await ledger.CountAsync(DateTimeOffset.UnixEpoch, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(links, Has.Count.EqualTo(2));
            Assert.That(page, Does.Contain("Was the note useful?").And.Contain("<button>"));
            Assert.That(german, Does.Contain("War die Notiz nicht nützlich?").And.Not.Contain("the note"));
            Assert.That(before, Is.Empty);
            Assert.That(await pressed.Content.ReadAsStringAsync(cancellationToken), Does.Contain("Thank you"));
            Assert.That(await other.Content.ReadAsStringAsync(cancellationToken), Does.Contain("It is counted already"));
            Assert.That(spoilt.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(after, Is.EqualTo((IntentFeedback[])[new("orders/late", 1, 0)]));
        }
    }

    [GeneratedRegex("https://triage\\.acme\\.example(?<path>/feedback/[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
