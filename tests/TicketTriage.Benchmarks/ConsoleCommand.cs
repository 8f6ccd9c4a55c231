using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using Npgsql;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Insights;
using Report = TicketTriage.Benchmarks.Reports.Report;

namespace TicketTriage.Benchmarks;

/// <summary>
/// <c>console</c>: how long each page takes with many tickets in the database, one request after another; then a trial, and one that is cancelled.
/// </summary>
internal static class ConsoleCommand
{
    private const string Key = "key-of-the-console-benchmark";
    private const double WantedMilliseconds = 150;
    private const int WarmUps = 5;
    private const double WantedTrial = 15_000;
    private const double WantedCancel = 1_000;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Pages =
    [
        "/", "/tickets", "/tickets?state=parked", "/tickets?intent=billing%2Frefund", "/tickets?intent=account%2Fsecurity", "/tickets?group=Billing",
        "/tickets?q=77", "/tickets?q=rechnung+falsch", "/tickets?q=selten", "/tickets?state=skipped", "/tickets?language=de", "/tickets?language=fi",
        "/tickets?product=rare", "/tickets?language=de&group=Billing&intent=orders%2Flate&q=rechnung", "/tickets?helpdesk=other",
        "/tickets?language=fi&from=2000-01-01&to=2100-01-01", "/tickets/sandbox/77", "/escalations", "/rules", "/rules/history", "/matrix",
        "/taxonomy", "/style", "/skills", "/knowledge", "/knowledge/gaps", "/quality", "/quality/sample", "/reports?by=intent",
        "/reports?by=week&days=90", "/connections", "/jobs", "/audit", "/erasure",
        "/tickets?needs=a%20person", "/rules/rule", "/rules/text", "/matrix/part/rows", "/matrix/history", "/taxonomy/text", "/taxonomy/history",
        "/style/history", "/jobs/escalate", "/access", "/reports?by=product", "/reports?by=language", "/reports?by=group",
    ];

    private static readonly string[] Seeds =
    [
        """
        insert into tickets (helpdesk, number, wanted, done, outcome, reason, first_seen_at, changed_at)
        select 'sandbox', n::text, 1, 1, case when n % 1000 = 0 then 'parked' else 'written' end,
               case when n % 1000 = 0 then 'Refused.' end, now() - n * interval '77 seconds', now() - n * interval '77 seconds'
        from generate_series(1, :tickets) n
        """,
        """
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
        select gen_random_uuid(), 'sandbox', n::text, now() - n * interval '77 seconds', 's', 'h',
               jsonb_build_object('id', jsonb_build_object('helpdesk', 'sandbox', 'number', n::text),
                   'subject', case when n % 50000 = 9 then 'Selten ' else 'Rechnung falsch ' end || n,
                   'language', jsonb_build_object('value', 'de', 'confidence', 1, 'reasons', '[]'::jsonb), 'contentHash', 'h', 'names', '[]'::jsonb,
                   'tags', '[]'::jsonb, 'createdAt', now(),
                   'messages', jsonb_build_array(jsonb_build_object('isFromCustomer', true, 'isPublic', true,
                       'text', repeat('Guten Tag, die Rechnung ' || n || ' stimmt nicht. ', 30), 'at', now(), 'attachments', '[]'::jsonb))),
               jsonb_build_object(
                   'intent', jsonb_build_object('value', case when n % 20000 = 7 then 'account/security' else
                       (array['billing/refund', 'billing/invoice-wrong', 'orders/late', 'orders/return', 'technical/bug', 'unclear'])[1 + n % 6] end,
                       'confidence', (n % 100) / 100.0, 'reasons', '[]'::jsonb),
                   'product', jsonb_build_object('value', case when n % 20000 = 11 then 'rare' else 'unclear' end, 'confidence', 0, 'reasons', '[]'::jsonb),
                   'sentiment', jsonb_build_object('value', 'neutral', 'confidence', 0.5, 'reasons', '[]'::jsonb),
                   'language', jsonb_build_object('value', case when n % 20000 = 13 then 'fi' else (array['de', 'en'])[1 + n % 2] end, 'confidence', 1, 'reasons', '[]'::jsonb),
                   'summary', 'Die Rechnung stimmt nicht.', 'missing', '[]'::jsonb, 'signals', '[]'::jsonb, 'provider', 'local',
                   'modelVersion', 'local', 'inputTokens', 900, 'outputTokens', 120),
               '{"value":"normal","confidence":1,"reasons":[]}',
               jsonb_build_object('group', (array['Billing', 'Orders', 'Technical'])[1 + n % 3], 'rule', 'r', 'reasons', '[]'::jsonb),
               jsonb_build_object('text', 'Guten Tag,', 'language', 'de', 'citations', '[]'::jsonb, 'nextSteps', '[]'::jsonb,
                   'support', case when n % 40 = 3 then 'Nothing' else 'Found' end),
               '{"product":"1","provider":"local","model":"m","taxonomy":"t","priority":"p","routing":"r"}'
        from generate_series(:first, :last) n
        """,
        """
        insert into write_backs (triage_id, helpdesk, number, state, change, sent_at, ended_at)
        select id, helpdesk, number, 'applied', '{"number":"1"}', decided_at, decided_at from triages
        """,
        """
        insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
        select gen_random_uuid(), triage_id, helpdesk, number, 'intent', intent, case when number::int % 3 = 0 then intent else 'unclear' end,
               confidence, case when number::int % 40 = 0 then 'blind' else 'correction' end, 'lea', decided_at
        from decision_lines where number::int % 20 = 0
        """,
        """
        insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, first_reply_at,
                                  solved_at, updated_at)
        select 'sandbox', n::text, 's', 'solved', 'normal', array['a', 'b'], '{}', 'de', 'Rechnung falsch', jsonb_build_array(repeat('Guten Tag. ', 40)),
               came, came + n % 500 * interval '1 minute', case when n % 7 > 0 then came + n % 900 * interval '5 minutes' end, came
        from (select n, now() - n * interval '77 seconds' as came from generate_series(1, :tickets) n) past
        """,
        """
        insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at, acknowledge_by,
                                 ended_at, outcome, matrix_version, service_version)
        select gen_random_uuid(), 'sandbox', n::text, 'c', 'breach', 1, 'r', 'up', 'closed', '{}', '{}', came, came, came,
               (array['prevented', 'neutral', 'missed'])[1 + n % 3], 'm', 's'
        from (select n, now() - n * interval '77 seconds' as came from generate_series(1, :tickets, 30) n) raised
        """,
    ];

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var tickets = new Option<int?>("--tickets") { Description = "Tickets in the database." };
        var command = new Command("console", "Each page of the console with many tickets in the database.");
        command.Options.Add(tickets);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isSmoke = options.IsSmoke(parsed);
            var report = await RunAsync(
                parsed.GetValue(tickets) ?? (isSmoke ? 1_000 : 100_000), options.Rounds(parsed, usual: 41), cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int tickets, int rounds, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        var address = HostProcess.FindFreeAddress();
        var settings = TriageSettings.Of(address, HostProcess.FindFreeAddress(), database.ConnectionString, database.Directory);
        settings["Access:ApiKeys:root:Key"] = Key;
        settings["Access:ApiKeys:root:Role"] = "admin";
        await using var service = await HostProcess.StartAsync(
            ["serve", "--role", "web"], address, "health/live", database.Directory, settings, cancellationToken);
        await SeedAsync(database.ConnectionString, tickets, cancellationToken);
        var sizes = await MeasureSizesAsync(database.ConnectionString, cancellationToken);

        // A redirect would be followed without the key.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = address };
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var figures = new List<Figure>();
        foreach (var page in Pages)
        {
            var times = new List<double>();
            for (var round = -WarmUps; round < rounds; round++)
            {
                var began = TimeProvider.System.GetTimestamp();
                using var answer = await browser.GetAsync(page, cancellationToken);
                var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
                answer.EnsureSuccessStatusCode();
                if (round >= 0)
                {
                    times.Add(took);
                }
            }

            times.Sort();
            figures.Add(Figure.AtMost($"{page}, p95", Statistics.Percentile(times, 95), "ms", WantedMilliseconds));
        }

        figures.Add(await TryAsync(browser, days: 5, cancellationToken));
        figures.Add(await CancelAsync(browser, days: 90, cancellationToken));
        figures.AddRange(sizes);
        return new Report(
            "console",
            string.Create(CultureInfo.InvariantCulture, $"{tickets} tickets, {rounds} requests for each page; {Circumstances.Describe(database.Version, load)}"),
            figures);
    }

    /// <summary>The rules in force, tried on the tickets of some days: as a lead does it, until the page has the figures.</summary>
    private static async Task<Figure> TryAsync(HttpClient browser, int days, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var (trial, page) = await BeginAsync(browser, days, cancellationToken);
        while (!page.Contains("/publish\"", StringComparison.Ordinal))
        {
            await Task.Delay(PollEvery, TimeProvider.System, cancellationToken);
            page = await browser.GetStringAsync(trial, cancellationToken);
        }

        return Figure.AtMost($"a trial of {days} days, until its figures", TimeProvider.System.GetElapsedTime(began).TotalMilliseconds, "ms", WantedTrial);
    }

    /// <summary>From the button until the page says that it is over.</summary>
    private static async Task<Figure> CancelAsync(HttpClient browser, int days, CancellationToken cancellationToken)
    {
        var (trial, _) = await BeginAsync(browser, days, cancellationToken);
        await Task.Delay(PollEvery, TimeProvider.System, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        using var nothing = new FormUrlEncodedContent([]);
        using var answer = await browser.PostAsync($"{trial}/cancel", nothing, cancellationToken);
        var page = await browser.GetStringAsync(LocationOf(answer), cancellationToken);
        return page.Contains("was cancelled", StringComparison.Ordinal)
            ? Figure.AtMost("a trial cancelled, until the page says so", TimeProvider.System.GetElapsedTime(began).TotalMilliseconds, "ms", WantedCancel)
            : throw new InvalidOperationException("The trial that was to be cancelled is not: it had its figures too soon, or goes on.");
    }

    private static async Task<(string Trial, string Page)> BeginAsync(HttpClient browser, int days, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("days", days.ToString(CultureInfo.InvariantCulture))]);
        using var answer = await browser.PostAsync("/tries/of/routing", form, cancellationToken);
        var trial = LocationOf(answer);
        return (trial, await browser.GetStringAsync(trial, cancellationToken));
    }

    private static string LocationOf(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString
        ?? throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} leads nowhere; it answered {(int)answer.StatusCode}.");

    /// <summary>Of what the tickets left behind, with indexes.</summary>
    private static async Task<IReadOnlyList<Figure>> MeasureSizesAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var pool = NpgsqlDataSource.Create(connectionString);
        await using var command = pool.CreateCommand(
            """
            select coalesce(i.inhparent, c.oid)::regclass::text, sum(pg_total_relation_size(c.oid)) / greatest(sum(c.reltuples), 1)
            from pg_class c left join pg_inherits i on i.inhrelid = c.oid
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.reltuples > 0
            group by 1 having sum(c.reltuples) > 100 order by sum(pg_total_relation_size(c.oid)) desc
            """);
        var figures = new List<Figure>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            figures.Add(new Figure($"a row of {reader.GetString(0)}", reader.GetDouble(1), "bytes"));
        }

        return figures;
    }

    /// <summary>Tickets of the last 90 days, 25 intents of which the last is rare, one in a thousand parked, one in twenty corrected.</summary>
    private static async Task SeedAsync(string connectionString, int tickets, CancellationToken cancellationToken)
    {
        await using var pool = NpgsqlDataSource.Create(connectionString);
        foreach (var statement in Seeds.Append("vacuum analyze").SelectMany(seed => InSteps(seed, tickets)))
        {
            await using var command = pool.CreateCommand(statement.Replace(":tickets", tickets.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // As a worker does every minute.
        await new DaySums(pool).SumAsync(cancellationToken);
        await using var analyze = pool.CreateCommand("vacuum analyze decision_days");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    // A trigger keeps the plan that it made for an empty table until the table is analyzed, and reads the whole of it for each row.
    private static IEnumerable<string> InSteps(string seed, int tickets)
    {
        if (!seed.Contains(":first", StringComparison.Ordinal))
        {
            return [seed];
        }

        int[] ends = [.. new[] { 1_000, 10_000 }.Where(end => end < tickets), tickets];
        return ends.SelectMany((end, step) => new[]
        {
            seed.Replace(":first", (step == 0 ? 1 : ends[step - 1] + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace(":last", end.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            "analyze",
        });
    }
}
