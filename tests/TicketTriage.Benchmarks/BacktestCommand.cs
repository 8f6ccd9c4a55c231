using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary>
/// <c>backtest</c>: how long the service's own command takes for many tickets, with a rule more, and with rules under which most or all
/// tickets wait for one group, for days, which is what the simulation has most to do with.
/// </summary>
internal static class BacktestCommand
{
    private const double WantedSeconds = 30;

    /// <summary>Ten days of a helpdesk with some seventy agents, as many as make its load bearable.</summary>
    private const string Imported =
        """
        insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, solved_at,
                                  updated_at)
        select 'sandbox', n::text, 's', 'solved', (array['low', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + n % 6], array['web'],
               jsonb_build_object('intent', (array['billing/refund', 'billing/invoice-wrong', 'orders/late', 'orders/return', 'orders/damaged-or-wrong',
                   'technical/error', 'technical/outage', 'account/login', 'sales/question'])[1 + n * 7 % 9]),
               (array['de', 'en'])[1 + n % 2], 'Rechnung ' || n, jsonb_build_array(), came, came + interval '1 day', came
        from (select n, date_trunc('day', now()) - n * interval '10 days' / :tickets as came from generate_series(1, :tickets) n) past
        """;

    /// <summary>Every second of them was decided here.</summary>
    private const string Decided =
        """
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
        select gen_random_uuid(), helpdesk, number, created_at, 's', 'h',
               jsonb_build_object('id', jsonb_build_object('helpdesk', helpdesk, 'number', number), 'subject', subject, 'contentHash', 'h',
                   'language', jsonb_build_object('value', language, 'confidence', 1, 'reasons', '[]'::jsonb), 'names', '[]'::jsonb,
                   'tags', '["web"]'::jsonb, 'createdAt', created_at,
                   'messages', jsonb_build_array(jsonb_build_object('isFromCustomer', true, 'isPublic', true,
                       'text', repeat('Guten Tag, die Rechnung ' || number || ' stimmt nicht. ', 60), 'at', created_at, 'attachments', '[]'::jsonb))),
               jsonb_build_object(
                   'intent', jsonb_build_object('value', fields ->> 'intent', 'confidence', 0.9, 'reasons', '[]'::jsonb),
                   'product', jsonb_build_object('value', 'unclear', 'confidence', 0, 'reasons', '[]'::jsonb),
                   'sentiment', jsonb_build_object('value', 'neutral', 'confidence', 0.5, 'reasons', '[]'::jsonb),
                   'language', jsonb_build_object('value', language, 'confidence', 1, 'reasons', '[]'::jsonb),
                   'summary', 'Die Rechnung stimmt nicht.', 'missing', '[]'::jsonb, 'signals', '[]'::jsonb, 'provider', 'local',
                   'modelVersion', 'local', 'inputTokens', 900, 'outputTokens', 120),
               jsonb_build_object('value', priority, 'confidence', 1, 'reasons', '[]'::jsonb),
               jsonb_build_object('group', case split_part(fields ->> 'intent', '/', 1) when 'billing' then 'Billing' when 'orders' then 'Orders'
                   when 'sales' then 'Support' else 'Technical' end, 'rule', 'r', 'reasons', '[]'::jsonb),
               jsonb_build_object('text', 'Guten Tag,', 'language', 'de', 'citations', '[]'::jsonb, 'nextSteps', '[]'::jsonb, 'support', 'Found'),
               '{"product":"1","provider":"local","model":"m","taxonomy":"t","priority":"p","routing":"r"}'
        from past_tickets where number::int % 2 = 0
        """;

    private const string OneMore =
        """
        { "fallbackGroup": "Support", "rules": [
          { "name": "german money", "when": { "all": [ { "field": "intent", "is": "billing/*" }, { "field": "language", "is": "de" } ] },
            "then": { "group": "Billing" } },
          { "name": "money", "when": { "field": "intent", "is": "billing/*" }, "then": { "group": "Billing" } },
          { "name": "orders", "when": { "field": "intent", "is": "orders/*" }, "then": { "group": "Orders" } },
          { "name": "technical", "when": { "field": "intent", "is": ["technical/*", "account/*"] }, "then": { "group": "Technical" } } ] }
        """;

    private const string OneGroup =
        """
        { "fallbackGroup": "Support", "rules": [
          { "name": "nearly all", "when": { "field": "intent", "is": ["billing/*", "orders/*", "technical/*", "account/*"] },
            "then": { "group": "Billing" } } ] }
        """;

    private const string SmallestGroup =
        """
        { "fallbackGroup": "Support", "rules": [
          { "name": "all", "when": { "field": "intent", "exists": true }, "then": { "group": "Support" } } ] }
        """;

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var command = new Command("backtest", "10,000 past tickets decided again and played: a rule more, and all to one group.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await RunAsync(options.IsSmoke(parsed) ? 300 : 10_000, options.Rounds(parsed, usual: 1), cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int tickets, int rounds, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:TicketTriage"] = database.ConnectionString, ["DataDirectory"] = database.Directory,
        };
        await HostProcess.RunAsync(["migrate"], database.Directory, settings, cancellationToken);
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        foreach (var statement in (string[])[Imported, Decided])
        {
            await using var seed = pool.CreateCommand(
                statement.Replace(":tickets", tickets.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            await seed.ExecuteNonQueryAsync(cancellationToken);
        }

        var figures = new List<Figure>();
        (string What, string Rules)[] cases =
            [("a rule more", OneMore), ("most to one group", OneGroup), ("all to the smallest group", SmallestGroup)];
        foreach (var (what, rules) in cases)
        {
            var file = Path.Combine(database.Directory, "tried.json");
            await File.WriteAllTextAsync(file, rules, cancellationToken);
            var told = Path.Combine(database.Directory, "told.json");
            var times = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var took = await HostProcess.RunAsync(
                    ["backtest", "--rules", file, "--json", told], database.Directory, settings, cancellationToken);
                times.Add(took.TotalSeconds);
            }

            figures.Add(Figure.AtMost($"{what}, from the start of the command to its end", Statistics.Median(times), "s", WantedSeconds));
            figures.Add(new Figure($"{what}: late under it", await ReadLateAsync(told, cancellationToken), "%"));
        }

        return new Report(
            "backtest",
            string.Create(CultureInfo.InvariantCulture, $"{tickets} tickets, half of them decided here, half imported; {Circumstances.Describe(database.Version, load)}"),
            figures);
    }

    /// <summary>So that a run in which nothing was played is not taken for a fast one.</summary>
    private static async Task<double> ReadLateAsync(string file, CancellationToken cancellationToken) =>
        JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))?["simulated"]?["breachRate"]?["after"]?.GetValue<double>() * 100
            ?? throw new InvalidOperationException("The backtest has played nothing.");
}
