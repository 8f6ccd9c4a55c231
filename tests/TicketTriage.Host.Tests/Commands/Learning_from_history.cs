using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>The classifier learns from what is in the service's database: people's corrections, and what was imported.</summary>
[CancelAfter(180_000)]
internal sealed class Learning_from_history
{
    private const string Map = """{ "tags": { "late_parcel": "orders/late", "refund_wanted": "billing/refund" } }""";

    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task What_people_told_is_learnt_and_measured_by_the_blind_sample(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await SeedAsync(database);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "map.json"), Map, cancellationToken);

        var learnt = await RunAsync(database, folder, cancellationToken, "learn", "--from-history", "--map", "map.json", "--label", "intent", "--model", "model");
        var measured = await RunAsync(database, folder, cancellationToken, "evaluate", "--from-history", "--label", "intent", "--model", "model");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(learnt.ExitCode, Is.Zero, $"{learnt}");
            Assert.That(learnt.Output, Does.Contain("52 tickets to learn from: 12 by corrections, 0 by the field intent, 40 by the map."));
            Assert.That(learnt.Output, Does.Contain("Left out: 5 of which nobody said what they are about, 0 with several intents, 0 without use."));
            Assert.That(learnt.Output, Does.Contain("intent: 3 values from 52 rows"));
            Assert.That(measured.ExitCode, Is.Zero, $"{measured}");
            Assert.That(measured.Output, Does.StartWith("rows 6\naccuracy 1.0000\n"));
        }
    }

    [TestCase("learn --from-history --label intent --model model", 1, "The history holds no ticket whose intent a person told; correct tickets")]
    [TestCase("learn --from-history --label queue --model model", 2, "History tells intents alone: --from-history goes with --label intent.")]
    [TestCase("learn --label intent --model model", 2, "Say where the tickets come from: --data FILE, or --from-history. See --help.")]
    [TestCase("learn --from-history --map map.json --label intent --model model", 1, "The map of intents document has a fault: It names the intent no/such")]
    public async Task What_cannot_be_meant_is_one_sentence(string command, int exitCode, string expected)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "map.json"), """{ "tags": { "a": "no/such" } }""");

        var run = await RunAsync(database, folder, TestContext.CurrentContext.CancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"{run}");
            Assert.That(run.Errors, Does.StartWith(expected).And.Not.Contain("\n"));
        }
    }

    /// <summary>45 imported tickets, 5 of them without a known tag; 12 corrected ones; 6 of the blind sample.</summary>
    private static Task<long> SeedAsync(TriageDatabase database) => database.AskAsync<long>(
        """
        with imported as (
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, updated_at)
            select 'acme', n::text, '', 'solved', 'normal',
                   case when n > 40 then array['other'] when n % 2 = 0 then array['late_parcel'] else array['refund_wanted'] end, '{}', 'en',
                   case when n % 2 = 0 then 'Parcel ' || n || ' has not arrived' else 'I want money back for purchase ' || n end, '[]', now(), now()
            from generate_series(1, 45) n
        ), decided as (
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
            select gen_random_uuid(), 'acme', n::text, now(), '', '',
                   jsonb_build_object('id', jsonb_build_object('helpdesk', 'acme', 'number', n::text), 'contentHash', '', 'messages', '[]'::jsonb,
                       'language', '{"value": "en", "confidence": 1, "reasons": []}'::jsonb,
                       'subject', case when n <= 112 then 'The lamp of box ' || n || ' came with broken glass' else 'Parcel ' || n || ' has not arrived' end),
                   '{}', '{}', '{}', '{}', '{}'
            from generate_series(101, 118) n
            returning id, number
        ), judged as (
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            select gen_random_uuid(), id, 'acme', number, 'intent', 'unclear',
                   case when number::int <= 112 then 'orders/damaged-or-wrong' else 'orders/late' end, 0.5,
                   case when number::int <= 112 then 'correction' else 'blind' end, 'lea', now()
            from decided
            returning 1)
        select count(*) from judged
        """);

    private static Task<HostRun> RunAsync(
        TriageDatabase database, TemporaryFolder folder, CancellationToken cancellationToken, params string[] arguments) => HostProcess.RunAsync(
        folder, Nothing, cancellationToken,
        [.. arguments, $"--ConnectionStrings:TicketTriage={database.ConnectionString}", $"--DataDirectory={folder.Path}"]);
}
