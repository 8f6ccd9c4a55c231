using System.Net;
using System.Text.RegularExpressions;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed partial class Reading_a_long_history
{
    [Test]
    public async Task Every_version_is_reached_compared_and_brought_back(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            insert into policies (kind, version, body, author, note)
            select 'routing', 'v' || n, jsonb_build_object('fallbackGroup', 'Group ' || n, 'rules', '[]'::jsonb), 'lea', 'n' from generate_series(1, 130) n;
            insert into policy_publications (kind, version, author, note, based_on)
            select 'routing', 'v' || n, 'lea', 'Note ' || n, n - 1 from generate_series(1, 130) n order by n;
            """);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var seen = new List<string>();
        var address = "/rules/history";
        for (var pages = 0; pages < 9 && address.Length > 0; pages++)
        {
            var page = await lead.GetStringAsync(address, cancellationToken);
            seen.AddRange(Note().Matches(page).Select(note => note.Value));
            address = WebUtility.HtmlDecode(Next().Match(page).Groups["address"].Value);
        }

        var second = await console.Database.AskAsync<long>("select id from policy_publications where version = 'v2'");
        var oldest = await lead.GetStringAsync($"/rules/history/{second}", cancellationToken);
        using var back = await Door.SubmitAsync(lead, $"/rules/history/{second}", $"/rules/history/{second}/return", [], cancellationToken);
        var configured = await lead.GetStringAsync("/rules/history/0", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.EqualTo(Enumerable.Range(1, 130).Reverse().Select(n => $"Note {n}").Append("The rules as configured.")));
            Assert.That(oldest, Does.Contain("Group 1").And.Contain("Group 2"), "against the version before it");
            Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(await console.Database.AskAsync<string>("select body from policy_drafts"), Does.Contain("Group 2"));
            Assert.That(configured, Does.Contain("Return to this version"));
        }
    }

    [GeneratedRegex("(?<=<td data-name=\"Note\">)[^<]+", RegexOptions.None, 1000)]
    private static partial Regex Note();

    [GeneratedRegex("rel=\"next\" href=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Next();
}
