using System.Globalization;
using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Tests.Audits;

/// <summary>
/// Does to the audit what somebody could do who owns the database and has the triggers off; each time it is found, and the right row named.
/// </summary>
[CancelAfter(600_000)]
public sealed class Tampering_with_the_audit
{
    private const int Cases = 1_000;
    private const int EntriesPerChain = 20;

    [Test]
    public async Task Is_found_and_named_in_a_thousand_cases(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(EntriesPerChain, cancellationToken);
        var heads = await audit.HeadsAsync(cancellationToken);
        await using var owner = await audit.Database.Pool.OpenConnectionAsync(cancellationToken);
        await RunAsync(owner, "set session_replication_role = replica", cancellationToken);
        await RunAsync(owner, Keep, cancellationToken);
        var random = new Random(20261122);
        var unfound = new List<string>();
        var clean = new List<int>();

        for (var n = 0; n < Cases; n++)
        {
            var way = Ways[n % Ways.Count];
            var victim = Victim.Draw(random, way.SparesTheLast);
            await RunAsync(owner, victim.In(way.Sql), cancellationToken);
            var report = await audit.Check.RunAsync(null, heads, cancellationToken);
            if (!report.Faults.Any(fault => way.Names(fault, victim)))
            {
                unfound.Add($"{n} {way.Name} {victim}: {string.Join("; ", report.Faults)}");
            }

            await RunAsync(owner, Restore, cancellationToken);
            if (n % 100 == 0)
            {
                clean.Add((await audit.Check.RunAsync(null, heads, cancellationToken)).Faults.Count);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unfound, Is.Empty);
            Assert.That(clean, Is.EqualTo(Enumerable.Repeat(0, 10)));
        }
    }

    [Test]
    public async Task Is_one_fault_where_one_row_was_changed(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(EntriesPerChain, cancellationToken);
        await using var owner = await audit.Database.Pool.OpenConnectionAsync(cancellationToken);
        var victim = new Victim("acme", 7, 12);
        await RunAsync(owner, "set session_replication_role = replica", cancellationToken);

        await RunAsync(owner, victim.In("update audit_entries set details = '{}' where id = {entry}"), cancellationToken);
        await RunAsync(owner, victim.In("update audit_links set hash = sha256(hash) where helpdesk = 'globex' and position = 3"), cancellationToken);
        var report = await audit.Check.RunAsync(null, [], cancellationToken);
        var other = await audit.Check.RunAsync("globex", [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Faults.Select(fault => (fault.Helpdesk, fault.Position, fault.Kind)),
                Is.EqualTo(((string, long?, AuditFaultKind)[])[("acme", 7, AuditFaultKind.Changed), ("globex", 3, AuditFaultKind.Changed)]));
            Assert.That(report.Faults[1].Text, Does.StartWith("The hash at position 3"));
            Assert.That(other.Faults.Select(fault => fault.Helpdesk), Is.EqualTo((string[])["globex"]));
        }
    }

    [Test]
    public async Task Says_that_two_rows_have_changed_places(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(EntriesPerChain, cancellationToken);
        await using var owner = await audit.Database.Pool.OpenConnectionAsync(cancellationToken);
        await RunAsync(owner, "set session_replication_role = replica", cancellationToken);

        await RunAsync(owner, new Victim("acme", 4, 9).In(SwapContents), cancellationToken);
        await RunAsync(owner, new Victim("globex", 2, 17).In(SwapLinks), cancellationToken);
        var report = await audit.Check.RunAsync(null, [], cancellationToken);

        Assert.That(
            report.Faults.Select(fault => (fault.Helpdesk, fault.Position, fault.Kind)),
            Is.EqualTo(((string, long?, AuditFaultKind)[])
            [
                ("acme", 4, AuditFaultKind.Swapped), ("acme", 9, AuditFaultKind.Swapped),
                ("globex", 2, AuditFaultKind.Swapped), ("globex", 17, AuditFaultKind.Swapped),
            ]));
    }

    [Test]
    public async Task Is_told_from_what_the_retention_removes_after_years(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(0, cancellationToken);
        await WriteAsync(audit, daysAgo: 1_200, count: 10, cancellationToken);
        var earlier = await HeadsAsync(audit, daysAgo: 1_150, cancellationToken);
        await WriteAsync(audit, daysAgo: 1_100, count: 10, cancellationToken);
        var old = await HeadsAsync(audit, daysAgo: 1_000, cancellationToken);
        await WriteAsync(audit, daysAgo: 10, count: 10, cancellationToken);
        var young = await HeadsAsync(audit, daysAgo: 5, cancellationToken);

        var removed = await audit.Database.AskAsync<long>("select prune_audit(now() - interval '1095 days', 7)");
        removed += await audit.Database.AskAsync<long>("select prune_audit(now() - interval '1095 days', 1000)");
        var report = await audit.Check.RunAsync(null, [.. earlier, .. old, .. young], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(removed, Is.EqualTo(20));
            Assert.That(report.Faults, Is.Empty);
            Assert.That(report, Is.EqualTo(report with { Chains = 1, Entries = 12 }), "ten lines, and two that say what was removed");
        }
    }

    [Test]
    public async Task Is_seen_where_a_row_was_written_as_if_years_ago_to_remove_young_ones_before_it(CancellationToken cancellationToken)
    {
        await using var audit = await SomeAudit.OpenAsync(0, cancellationToken);
        await WriteAsync(audit, daysAgo: 20, count: 10, cancellationToken);
        var heads = await HeadsAsync(audit, daysAgo: 15, cancellationToken);
        await WriteAsync(audit, daysAgo: 2_000, count: 1, cancellationToken);
        await WriteAsync(audit, daysAgo: 10, count: 10, cancellationToken);
        await using var owner = await audit.Database.Pool.OpenConnectionAsync(cancellationToken);
        await RunAsync(owner, "set session_replication_role = replica", cancellationToken);

        await RunAsync(owner, "select prune_audit(now() - interval '5 days', 11)", cancellationToken);
        var report = await audit.Check.RunAsync(null, heads, cancellationToken);

        Assert.That(
            report.Faults.Select(fault => (fault.Helpdesk, fault.Position, fault.Kind)),
            Is.EqualTo(((string, long?, AuditFaultKind)[])[("acme", 11, AuditFaultKind.PrunedYoung)]));
        Assert.That(report.Faults[0].Text, Does.Contain("position 10 was the last on"));
    }

    private static async Task WriteAsync(SomeAudit audit, int daysAgo, int count, CancellationToken cancellationToken)
    {
        await using var write = audit.Database.Pool.CreateCommand(
            """
            insert into audit_entries (helpdesk, at, action, person, subject, details)
            select 'acme', now() - $1 * interval '1 day', 'decision.corrected', audit_person('Ada'), 'ticket ' || n, '{"said" : "ä \"quoted\""}'
            from generate_series(1, $2) n
            """);
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = daysAgo });
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await write.ExecuteNonQueryAsync(cancellationToken);
        await audit.Seal.RunAsync(everything: true, cancellationToken);
    }

    private static async Task<IReadOnlyList<ExportedHead>> HeadsAsync(SomeAudit audit, int daysAgo, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-daysAgo);
        return [.. (await audit.HeadsAsync(cancellationToken)).Select(head => head with { At = at })];
    }

    private const string Keep =
        """
        alter table audit_entries alter id set generated by default;
        create table kept_people as select * from audit_people;
        create table kept_entries as select * from audit_entries;
        create table kept_links as select * from audit_links;
        """;

    private const string Restore =
        """
        delete from audit_links; delete from audit_entries; delete from audit_people;
        insert into audit_people select * from kept_people;
        insert into audit_entries overriding system value select * from kept_entries;
        insert into audit_links select * from kept_links;
        """;

    private const string SwapContents =
        """
        update audit_entries e set at = o.at, action = o.action, person = o.person, subject = o.subject, details = o.details
        from audit_entries o where (e.id, o.id) in (({entry}, {otherEntry}), ({otherEntry}, {entry}))
        """;

    private const string SwapLinks =
        """
        update audit_links set entry = -entry where helpdesk = '{chain}' and position in ({position}, {other});
        update audit_links l set entry = -k.entry from (select position, entry from audit_links where helpdesk = '{chain}' and entry < 0) k
        where l.helpdesk = '{chain}' and l.position in ({position}, {other}) and k.position <> l.position;
        """;

    private const string CutOff =
        """
        delete from audit_entries where id in (select entry from audit_links where helpdesk = '{chain}' and position >= {position});
        delete from audit_links where helpdesk = '{chain}' and position >= {position};
        """;

    // The function takes the last row of a chain for its head, which never goes.
    private const string PruneYoung =
        """
        select prune_audit((select at from audit_entries where id = {entry}) + interval '1 microsecond', 1000);
        """;

    private const string RemoveBeginning =
        """
        delete from audit_entries where id in (select entry from audit_links where helpdesk = '{chain}' and position <= {position});
        delete from audit_links where helpdesk = '{chain}' and position < {position};
        """;

    private const string CloseUp =
        """
        update audit_links set position = position + 1000000 where helpdesk = '{chain}' and position > {position};
        update audit_links set position = position - 1000001 where helpdesk = '{chain}' and position > 1000000;
        """;

    // What whoever knows how hashes are made could do: everything from the row on is linked anew, by the sealer itself.
    private const string LinkAnew =
        """
        update audit_entries set details = '{"said":"something else"}' where id = {entry};
        delete from audit_links where helpdesk = '{chain}' and position >= {position};
        """;

    private static readonly IReadOnlyList<Way> Ways =
    [
        new("an entry's moment", "update audit_entries set at = at + interval '1 microsecond' where id = {entry}", AtTheRow),
        new("an entry's action", "update audit_entries set action = 'decision.judged' where id = {entry}", AtTheRow),
        new("an entry's person taken away or given", "update audit_entries set person = case when person is null then (select min(id::text)::bytea from audit_people) end where id = {entry}", AtTheRow),
        new("an entry's person exchanged", "update audit_entries set person = sha256(coalesce(person, 'x')) where id = {entry}", AtTheRow),
        new("an entry's subject", "update audit_entries set subject = subject || '0' where id = {entry}", AtTheRow),
        new("a letter of an entry's details", "update audit_entries set details = replace(details, 'intent', 'Intent') where id = {entry}", AtTheRow),
        new("an entry's end moved into the next column", "update audit_entries set subject = left(subject, -1), details = right(subject, 1) || details where id = {entry}", AtTheRow),
        new("an entry's helpdesk", "update audit_entries set helpdesk = case helpdesk when 'acme' then 'globex' else 'acme' end where id = {entry}", AtTheRow),
        new("an entry's id", "update audit_entries set id = id + 1000000 where id = {entry}", AtTheRow),
        new("a link's hash", "update audit_links set hash = set_byte(hash, 17, get_byte(hash, 17) # 1) where helpdesk = '{chain}' and position = {position}", AtTheRow),
        new("a link's entry", "update audit_links set entry = -entry where helpdesk = '{chain}' and position = {position}", AtTheRow),
        new("a link's position", "update audit_links set position = position + 100000 where helpdesk = '{chain}' and position = {position}", AtTheRow),
        new("a link's chain", "update audit_links set helpdesk = 'elsewhere' where helpdesk = '{chain}' and position = {position}", AtTheRow),
        new("an entry removed", "delete from audit_entries where id = {entry}", AtTheRow),
        new("an entry and its link removed", "delete from audit_entries where id = {entry}; delete from audit_links where entry = {entry}", AtTheRow),
        new("a link removed", "delete from audit_links where entry = {entry}", AtTheRow) { SparesTheLast = true },
        new("a row removed, and the others closed up", "delete from audit_entries where id = {entry}; delete from audit_links where entry = {entry};" + CloseUp, AtTheRow),
        new("two rows' links swapped", SwapLinks, AtBothRows),
        new("two rows' contents swapped", SwapContents, AtBothRows),
        new("a row put in between",
            """
            update audit_links set position = position + 1000000 where helpdesk = '{chain}' and position >= {position};
            update audit_links set position = position - 999999 where helpdesk = '{chain}' and position > 1000000;
            insert into audit_entries (id, helpdesk, action, subject) overriding system value values (5000000, '{chain}', 'decision.corrected', 'ticket 1');
            insert into audit_links values ('{chain}', {position}, 5000000, sha256('made up'));
            """, AtTheRow),
        // What the retention does to rows of years ago, done to young ones: by its own function, and by hands that say what it would say.
        new("young rows removed by the retention's function", PruneYoung, AtTheBeginning) { SparesTheLast = true },
        new("the whole chain removed as if by age",
            "select prune_audit(now() + interval '1 day', 1000)",
            (fault, victim) => fault.Helpdesk == victim.Chain && fault is { Position: EntriesPerChain - 1, Kind: AuditFaultKind.PrunedYoung }),
        new("young rows removed with a line that proves nothing", RemoveBeginning + Say("json_build_object('upTo', {position}, 'hash', encode(hash, 'hex'))"),
            AtTheBeginning),
        new("young rows removed with a line that calls them old",
            RemoveBeginning + Say(
                """
                json_build_object('upTo', {position}, 'hash', encode(hash, 'hex'), 'linkedTo', repeat('0', 64), 'last', json_build_object(
                    'id', entry, 'at', 1500000000000000, 'action', 'decision.corrected', 'person', null, 'subject', 'ticket {position}', 'details', '{}'))
                """),
            AtTheBeginning),
        new("young rows removed with a line from after the end of time",
            RemoveBeginning + Say(
                """
                json_build_object('upTo', {position}, 'hash', encode(hash, 'hex'), 'last', json_build_object(
                    'id', entry, 'at', 900000000000000000, 'action', 'decision.corrected', 'person', null, 'subject', 'ticket {position}', 'details', '{}'))
                """),
            (fault, victim) => AtTheRow(fault, victim) && fault.Kind == AuditFaultKind.EntryRemoved),
        new("young rows removed, and their proof made old afterwards",
            PruneYoung + "update audit_entries set details = regexp_replace(details, '\"at\" : [0-9]+', '\"at\" : 1500000000000000') where action = 'audit.pruned';",
            AtTheBeginning) { SparesTheLast = true },
        new("young rows removed, and no line says so",
            RemoveBeginning + "delete from audit_links where helpdesk = '{chain}' and position = {position};",
            (fault, victim) => fault.Helpdesk == victim.Chain
                && (victim.Position == EntriesPerChain ? fault.Kind == AuditFaultKind.Truncated : fault is { Position: 1, Kind: AuditFaultKind.LinkRemoved })),
        new("the end cut off", CutOff, (fault, victim) => AtTheRow(fault, victim) && fault.Kind == AuditFaultKind.Truncated),
        new("the end cut off and filled up",
            CutOff + "insert into audit_entries (helpdesk, action, subject) select '{chain}', 'decision.corrected', 'ticket 1' from generate_series(1, 30);",
            AtTheHead),
        new("linked anew from a changed row on", LinkAnew, AtTheHead),
        new("a name exchanged", "update audit_people set name = name || ' Lovelace' where name = 'Ada'", (fault, _) => fault.Kind == AuditFaultKind.NameChanged),
        new("a name's salt", "update audit_people set salt = sha256(salt) where name = 'Grace'", (fault, _) => fault.Kind == AuditFaultKind.NameChanged),
        new("a name's key cut off", "update audit_people set id = substring(id for 2) where name = 'Ada'", (fault, _) => fault.Kind == AuditFaultKind.NameChanged),
        new("a name's key emptied", "update audit_people set id = '' where name = 'Ada'", (fault, _) => fault.Kind == AuditFaultKind.NameRemoved),
        new("a name removed", "delete from audit_people where name = 'Ada'", (fault, _) => fault.Kind == AuditFaultKind.NameRemoved),
    ];

    private static bool AtTheRow(AuditFault fault, Victim victim) => fault.Helpdesk == victim.Chain && fault.Position == victim.Position;

    private static bool AtBothRows(AuditFault fault, Victim victim) => AtTheRow(fault, victim) && fault.Kind == AuditFaultKind.Swapped;

    private static bool AtTheBeginning(AuditFault fault, Victim victim) =>
        AtTheRow(fault, victim) && fault.Kind == AuditFaultKind.PrunedYoung;

    private static string Say(string details) =>
        $"insert into audit_entries (helpdesk, action, subject, details) select helpdesk, 'audit.pruned', 'audit', ({details})::text "
        + "from audit_links where helpdesk = '{chain}' and position = {position};";

    private static bool AtTheHead(AuditFault fault, Victim victim) =>
        fault.Helpdesk == victim.Chain && fault is { Position: EntriesPerChain, Kind: AuditFaultKind.Rewritten };

    private static async Task RunAsync(NpgsqlConnection owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Way(string Name, string Sql, Func<AuditFault, Victim, bool> Names)
    {
        /// <summary>
        /// The last link, once removed, is made again by the sealer exactly as it was; and the last row of a chain never goes by age.
        /// </summary>
        public bool SparesTheLast { get; init; }
    }

    private sealed record Victim(string Chain, int Position, int Other)
    {
        private static readonly string[] Chains = ["", "acme", "globex"];

        public static Victim Draw(Random random, bool sparesTheLast)
        {
            var position = random.Next(1, EntriesPerChain + (sparesTheLast ? 0 : 1));
            var other = random.Next(1, EntriesPerChain);
            return new Victim(Chains[random.Next(Chains.Length)], position, other >= position ? other + 1 : other);
        }

        public string In(string sql) => sql
            .Replace("{chain}", Chain, StringComparison.Ordinal)
            .Replace("{position}", Position.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{other}", Other.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{entry}", EntryAt(Position), StringComparison.Ordinal)
            .Replace("{otherEntry}", EntryAt(Other), StringComparison.Ordinal);

        private string EntryAt(int position) => string.Create(
            CultureInfo.InvariantCulture, $"(select entry from audit_links where helpdesk = '{Chain}' and position = {position})");
    }
}
