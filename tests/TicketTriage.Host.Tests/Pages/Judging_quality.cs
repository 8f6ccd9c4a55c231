using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Insights;

namespace TicketTriage.Host.Tests.Pages;

[CancelAfter(120_000)]
internal sealed partial class Judging_quality
{
    [Test]
    public async Task The_sample_hides_the_decision_until_somebody_has_judged(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(60, cancellationToken);
        await console.Database.AskAsync<object>(
            "update decision_lines set decided_at = date_trunc('week', now() at time zone 'UTC') at time zone 'UTC' - interval '3 days'");
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var blind = await lead.GetStringAsync("/quality/sample", cancellationToken);
        var triage = Triage().Match(blind).Groups["id"].Value;
        var decided = await console.Database.AskAsync<string>($"select intent from decision_lines where triage_id = '{triage}'");
        using var judged = await Door.SubmitAsync(
            lead, "/quality/sample", "/quality/sample",
            [new("triage", triage), new("intent", "billing/invoice-wrong"), new("priority", "normal")], cancellationToken);
        var told = await lead.GetStringAsync(judged.Headers.Location, cancellationToken);
        using var invented = await Door.SubmitAsync(
            lead, "/quality/sample", "/quality/sample",
            [new("triage", Triage().Match(told).Groups["id"].Value), new("intent", "no/such"), new("priority", "normal")], cancellationToken);
        var quality = await lead.GetStringAsync("/quality", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blind, Does.Contain($"0 of {BlindSample.PerWeek} judged").And.Not.Contain("Because"));
            Assert.That(told, Does.Contain($"Decided was: {decided}").And.Contain($"1 of {BlindSample.PerWeek} judged"));
            Assert.That(invented.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(quality, Does.Contain("billing/invoice-wrong").And.Contain("said 90 %, came true 0 %, 1 tickets"));
        }
    }

    [Test]
    public async Task A_report_is_the_same_as_a_page_and_as_csv_and_no_cell_is_a_formula(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        await console.Database.AskAsync<object>("update decision_lines set group_name = '=cmd|calc' where intent = 'billing/refund'");
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var page = await lead.GetStringAsync("/reports?by=group&days=30", cancellationToken);
        var csv = (await lead.GetStringAsync("/reports.csv?by=group&days=30", cancellationToken)).Split("\r\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("=cmd|calc").And.Contain("Orders"));
            Assert.That(csv[1], Does.StartWith("\"Orders\",20,20,0.9,0,"));
            Assert.That(csv[2], Does.StartWith("\"'=cmd|calc\",10,10,0.9,0,"));
        }
    }

    [Test]
    public async Task A_report_tells_of_reopening_moving_and_targets_in_both_languages_and_as_csv(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update decision_lines set reopens = number::int % 2, transfers = (number::int % 5 = 0)::int * 2, targets_met = 3,
                targets_missed = number::int % 2 where intent = 'orders/late'
            """);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var page = await lead.GetStringAsync("/reports?by=intent&days=30", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reports?by=intent&days=30");
        request.Headers.AcceptLanguage.ParseAdd("de");
        using var german = await lead.SendAsync(request, cancellationToken);
        var csv = (await lead.GetStringAsync("/reports.csv?by=intent&days=30", cancellationToken)).Split("\r\n");
        var cells = csv[0].Split(',').Zip(csv[1].Split(',')).ToDictionary(cell => cell.First, cell => cell.Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("50 % (10)").And.Contain("20 % (4)").And.Contain("86 % (60/70)"));
            Assert.That(page, Does.Contain("href=\"/reports.csv?by=intent&amp;days=30\""));
            Assert.That(
                WebUtility.HtmlDecode(await german.Content.ReadAsStringAsync(cancellationToken)),
                Does.Contain("Wieder geöffnet").And.Contain("Weitergegeben").And.Contain("Ziele gehalten"));
            Assert.That(
                (cells["key"], cells["reopened"], cells["transferred"], cells["targets_met"], cells["targets_missed"]),
                Is.EqualTo(("\"orders/late\"", "10", "4", "60", "10")));
        }
    }

    [Test]
    public async Task A_report_by_week_counts_what_became_of_tickets(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update decision_lines set decided_at = timestamptz '2026-01-01 12:00Z' + number::int % 2 * interval '4 days';
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at,
                                      first_reply_at, solved_at, updated_at)
            select helpdesk, number, 's', 'solved', 'normal', '{}', '{}', 'de', '', '[]', decided_at,
                   decided_at + number::int % 2 * interval '1 hour', decided_at + interval '2 hours', decided_at from decision_lines;
            """);
        await console.Database.AskAsync<object>(
            """
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            select gen_random_uuid(), triage_id, helpdesk, number, field, intent, 'unclear', 0.9, 'correction', 'lea', decided_at
            from decision_lines cross join unnest(array['intent', 'priority']) field where number::int % 2 = 0
            """);
        var reports = console.Services.GetRequiredService<Reports>();
        var first = new DateOnly(2025, 12, 1);

        var weeks = (await reports.ListAsync(ReportKey.Week, first, first.AddDays(90), cancellationToken)).Lines;

        // The first of January 2026 is a Thursday, and the fifth the Monday after.
        Assert.That(
            weeks.Select(week => (week.Key, week.Tickets, week.Decisions, week.Corrected, week.KnownOutcomes)),
            Is.EqualTo(((string, long, long, long, long)[])[("2026-01-05", 15, 15, 0, 15), ("2025-12-29", 15, 15, 15, 15)]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(weeks[0].FirstReply?.TotalHours, Is.EqualTo(1).Within(10).Percent);
            Assert.That(weeks[1].FirstReply, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(weeks.Select(week => week.Resolution?.TotalHours), Is.All.EqualTo(2).Within(10).Percent);
        }
    }

    [TestCase("2026-11-22T10:00:00Z", "2026-11-09")]
    [TestCase("2026-11-23T00:00:00Z", "2026-11-16")]
    [TestCase("2026-11-29T23:59:59Z", "2026-11-16")]
    public void The_sample_is_of_the_last_week_that_is_over(string now, string monday) => Assert.That(
        BlindSample.LastWeekOf(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)),
        Is.EqualTo(DateTimeOffset.Parse($"{monday}T00:00:00Z", CultureInfo.InvariantCulture)));

    [GeneratedRegex("name=\"triage\" value=\"(?<id>[0-9a-f-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Triage();
}
