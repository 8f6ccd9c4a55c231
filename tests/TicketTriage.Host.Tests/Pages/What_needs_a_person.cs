using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using TicketTriage.Host.Access;

namespace TicketTriage.Host.Tests.Pages;

/// <summary>What a lead has to see to: it stays in sight until somebody has, and all of it can be found.</summary>
[CancelAfter(120_000)]
internal sealed partial class What_needs_a_person
{
    [Test]
    public async Task Stays_on_the_page_of_the_day_for_a_week_in_the_order_of_time(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(9, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update decision_lines set is_held = true, decided_at = now() - interval '30 hours' where number = '1';
            update decision_lines set intent = 'unclear', decided_at = now() - interval '6 days' where number = '2';
            update decision_lines set intent = 'unclear', decided_at = now() - interval '8 days' where number = '3';
            update decision_lines set intent = 'unclear', decided_at = now() - interval '1 hour', is_last = false where number = '4';
            update tickets set outcome = 'parked', reason = 'r', changed_at = now() - interval '3 days' where number = '5';
            update tickets set outcome = 'parked', reason = 'r', changed_at = now() - interval '40 days' where number = '6';
            update decision_lines set intent = 'unclear' where number = '5';
            """);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var page = await lead.GetStringAsync("/", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ShownIn(page), Is.EqualTo((string[])["1 held", "5 parked", "2 unclear", "6 parked"]));
            Assert.That(page, Does.Contain("<b class=\"busy\">3</b><span><a href=\"/tickets?needs=a%20person\">"), "one of the three is parked too");
        }
    }

    [Test]
    public async Task Neither_kind_hides_the_other_and_the_rest_is_a_click_away(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(60, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update tickets set outcome = 'parked', reason = 'r', changed_at = now() - number::int * interval '1 second' where number::int <= 30;
            update decision_lines set is_held = true where number::int > 40;
            """);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var page = await lead.GetStringAsync("/", cancellationToken);
        var all = await lead.GetStringAsync("/tickets?needs=a%20person", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ShownIn(page),
                Is.EqualTo(Enumerable.Range(1, 6).Select(n => $"{n} parked").Concat(Enumerable.Range(41, 6).Select(n => $"{n} held"))));
            Assert.That(page, Does.Contain("There is more: the latest 12 are shown.").And.Contain("href=\"/tickets?state=parked\""));
            Assert.That(TicketsIn(all), Is.EqualTo(Enumerable.Range(41, 20)));
        }
    }

    [Test]
    public async Task Is_found_among_the_tickets_beside_other_filters_and_from_page_to_page(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(200, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update decision_lines set is_held = true where number::int % 4 = 0;
            update decision_lines set intent = 'unclear' where number::int % 4 = 1;
            """);
        using var agent = await console.SignedInAsync(Roles.Agent, cancellationToken);

        var first = await agent.GetStringAsync("/tickets?needs=a%20person", cancellationToken);
        var next = WebUtility.HtmlDecode(first.Split("rel=\"next\" href=\"")[1].Split('"')[0]);
        var second = await agent.GetStringAsync(next, cancellationToken);
        var billing = await agent.GetStringAsync("/tickets?needs=a%20person&group=Billing&intent=unclear", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TicketsIn(first).Concat(TicketsIn(second)), Is.EqualTo(Enumerable.Range(1, 200).Where(n => n % 4 < 2)));
            Assert.That(TicketsIn(billing), Is.EqualTo(Enumerable.Range(1, 200).Where(n => n % 4 == 1 && n % 3 == 0)));
            Assert.That(first, Does.Contain("<option value=\"a person\" selected").And.Contain("<span class=\"tag\">held</span>"));
            Assert.That(billing, Does.Contain("<option value=\"unclear\" selected"));
        }
    }

    /// <summary>Number and state of each line of the card.</summary>
    private static IEnumerable<string> ShownIn(string page) =>
        Line().Matches(page[page.IndexOf("What needs a person", StringComparison.Ordinal)..])
            .Select(line => $"{line.Groups["number"].Value} {line.Groups["state"].Value}");

    private static IEnumerable<int> TicketsIn(string page) =>
        Line().Matches(page).Select(line => int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(">acme/(?<number>[0-9]+)</a></th>\\s*<td[^>]*><span class=\"state[^>]*>(?<state>[a-z]+)</span>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
