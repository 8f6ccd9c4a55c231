using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Insights;

namespace TicketTriage.Host.Tests.Pages;

/// <summary>What Today says of the days before.</summary>
[CancelAfter(120_000)]
internal sealed partial class The_last_days
{
    [Test]
    public async Task Stand_beside_today_and_are_not_forgotten_at_midnight(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(30, cancellationToken);
        await console.Database.AskAsync<object>(
            """
            update tickets set first_seen_at = date_trunc('day', now(), 'UTC') - interval '38 hours' where number::int <= 20;
            update decision_lines set decided_at = date_trunc('day', now(), 'UTC') - interval '38 hours', is_held = number::int = 5,
                input_tokens = 1000, output_tokens = 100
            where number::int <= 20;
            update tickets set next_at = now() + interval '1 day' where number::int in (3, 4);
            update tickets set outcome = 'parked', reason = 'r' where number = '6';
            insert into write_backs (triage_id, helpdesk, number, state, change)
            select triage_id, helpdesk, number, 'applied', '{}' from decision_lines where number::int between 1 and 12;
            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                     acknowledge_by, matrix_version, service_version)
            select gen_random_uuid(), 'acme', n::text, 'c', 'breach', 1, 'r', 'up', 'closed', '{}', '{}',
                   date_trunc('day', now(), 'UTC') - interval '30 hours', now(), 'm', 's' from generate_series(1, 3) n;
            """);
        var told = await console.Database.AskAsync<string>("select ((now() at time zone 'UTC')::date - 2)::text") ?? "";
        var day = DateOnly.Parse(told, CultureInfo.InvariantCulture);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        var counted = await lead.GetStringAsync("/", cancellationToken);
        await console.Services.GetRequiredService<DaySums>().SumAsync(cancellationToken);
        var summed = await lead.GetStringAsync("/", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RowOf(counted, day), Is.EqualTo(new[] { "20", "2", "3", "12", "2", "0", "22,000" }));
            Assert.That(RowOf(summed, day), Is.EqualTo(RowOf(counted, day)));
            Assert.That(Row().Matches(counted), Has.Count.GreaterThanOrEqualTo(8), "today and seven days");
        }
    }

    /// <summary>The cells of the day's row, without its name.</summary>
    private static IEnumerable<string> RowOf(string page, DateOnly day)
    {
        var name = $">{new Words(new Look(IsGerman: false, Theme: null)).Day(day)}</a></th>";
        var row = page.Split("<tr").FirstOrDefault(row => row.Contains(name, StringComparison.Ordinal)) ?? "";
        return Cell().Matches(row).Select(cell => cell.Groups["value"].Value);
    }

    [GeneratedRegex("<td[^>]*>(?<value>[^<]*)</td>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cell();

    [GeneratedRegex("href=\"/tickets\\?from=", RegexOptions.None, 1000)]
    private static partial Regex Row();
}
