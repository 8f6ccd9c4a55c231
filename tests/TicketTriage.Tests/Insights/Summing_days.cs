using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Forgetting;
using TicketTriage.Insights;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Insights;

/// <summary>Sums against a count of the rows themselves, after whatever may happen to a decision that is days old.</summary>
[CancelAfter(180_000)]
public sealed class Summing_days
{
    /// <summary>A day is summed when it has been over for an hour.</summary>
    private const string FirstOpen = "((now() - interval '1 hour') at time zone 'UTC')::date";

    private static readonly string[] Aspects = ["all", "intent", "product", "language", "group"];

    [Test]
    public async Task A_sum_is_what_a_count_says_whatever_happens_later(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets: 400, days: 9, cancellationToken);
        var sums = new DaySums(database.Pool);

        var before = await CompareAsync(database, sums, cancellationToken);
        var summed = await sums.SumAsync(cancellationToken);
        var idle = await sums.SumAsync(cancellationToken);
        var ended = await database.AskAsync<long>(
            $"select count(distinct (decided_at at time zone 'UTC')::date) from decision_lines where (decided_at at time zone 'UTC')::date < {FirstOpen}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.InRange(8, 9));
            Assert.That(before, Is.Empty);
            Assert.That((summed, idle), Is.EqualTo((ended, 0)));
            Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty);
        }

        foreach (var (what, sql) in Changes)
        {
            await database.AskAsync<object>(sql);
            var marked = await database.AskAsync<long>(
                $"select count(distinct day) from decision_day_marks where day < {FirstOpen}");
            var again = await sums.SumAsync(cancellationToken);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(again, Is.EqualTo(marked), what);
                Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty, what);
            }
        }
    }

    [Test]
    public async Task What_retention_and_erasure_take_is_counted_no_more(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets: 300, days: 40, cancellationToken);
        var sums = new DaySums(database.Pool);
        await sums.SumAsync(cancellationToken);
        var retention = Options.Create(new RetentionOptions { Decisions = 30 });

        var gone = await new RetentionSweep(database.Pool, retention, TimeProvider.System).RunAsync(cancellationToken);
        await TicketErasure.RunAsync(database.Pool, "acme", "7", [], cancellationToken);
        await sums.SumAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone["triages"], Is.GreaterThan(30));
            Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty);
            Assert.That(
                await database.AskAsync<long>(
                    "select coalesce(sum(decisions), 0)::bigint from decision_days where day < (now() at time zone 'UTC')::date - 31"),
                Is.Zero);
        }
    }

    [Test]
    public async Task A_change_that_was_under_way_while_its_day_was_summed_is_not_lost(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets: 60, days: 4, cancellationToken);
        var sums = new DaySums(database.Pool);
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var change = new NpgsqlCommand("update decision_lines set intent = 'billing/refund'", connection, transaction);
        await change.ExecuteNonQueryAsync(cancellationToken);
        await sums.SumAsync(cancellationToken);

        await transaction.CommitAsync(cancellationToken);
        var late = await ReadAsync(sums, "intent", cancellationToken);
        var oldestMark = await database.AskAsync<DateTime>($"select min(at) from decision_day_marks where day < {FirstOpen}");
        await sums.SumAsync(cancellationToken);
        var now = await ReadAsync(sums, "intent", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.At.UtcDateTime, Is.EqualTo(oldestMark));
            Assert.That(now.At, Is.GreaterThan(late.At));
            Assert.That(now.Days.Select(day => day.Key), Is.All.EqualTo("billing/refund"));
            Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty);
        }
    }

    [Test]
    public async Task Two_who_sum_at_once_count_nothing_twice(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets: 200, days: 5, cancellationToken);
        var sums = new DaySums(database.Pool);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sums.SumAsync(cancellationToken)));

        Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task A_day_that_a_version_before_has_summed_is_summed_again(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await SeedAsync(database, tickets: 100, days: 5, cancellationToken);
        await database.AskAsync<object>("update decision_lines set reopens = 1");
        var sums = new DaySums(database.Pool);
        await sums.SumAsync(cancellationToken);
        await database.AskAsync<object>(
            """
            update decision_days set reopened = null, transferred = null, targets_met = null, targets_missed = null, for_person = null, written = null,
                question_tokens = null
            where day = (select min(day) from decision_days)
            """);

        var late = await ReadAsync(sums, "all", cancellationToken);
        var again = await sums.SumAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.Days.Sum(day => day.Reopened), Is.LessThan(100));
            Assert.That(again, Is.EqualTo(1));
            Assert.That(await CompareAsync(database, sums, cancellationToken), Is.Empty);
        }
    }

    /// <summary>What each changes are decisions of days that are over.</summary>
    private static IEnumerable<(string What, string Sql)> Changes =>
    [
        ("reopened and decided anew today", Decide("number::int % 9 = 0", "now()")),
        ("decided anew on a day that was summed", Decide("number::int % 11 = 0", "now() - interval '49 hours'")),
        ("imported", """
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at,
                                      first_reply_at, solved_at, updated_at)
            select 'acme', n::text, 's', 'solved', 'low', '{}', '{}', 'de', '', '[]', now(), now() + n * interval '7 minutes', null, now()
            from generate_series(301, 400) n
            """),
        ("solved", "update past_tickets set solved_at = created_at + number::int * interval '3 hours' where number::int % 2 = 0"),
        ("forgotten in the helpdesk", "delete from past_tickets where number::int % 10 = 3"),
        ("corrected", """
            insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
            select gen_random_uuid(), triage_id, helpdesk, number, 'intent', intent, 'x', confidence, 'correction', 'lea', now()
            from decision_lines where number::int % 8 = 1
            """),
        ("escalated", """
            insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, opened_at,
                                     acknowledge_by, matrix_version, service_version)
            select gen_random_uuid(), 'acme', n::text, 'c' || level, 'breach', level, 'r', 'up', 'closed', '{}', '{}', now(), now(), 'm', 's'
            from generate_series(1, 400, 6) n, generate_series(1, 2) level
            """),
        ("missed", "update escalations set outcome = 'missed' where level = 2"),
        ("opened again", "update decision_lines set reopens = reopens + 1 where number::int % 4 = 0"),
        ("moved to another group", "update decision_lines set transfers = number::int % 3 where number::int % 5 = 1"),
        ("targets met and missed", "update decision_lines set targets_met = 2, targets_missed = number::int % 2 where number::int % 3 = 0"),
        ("about to be written", """
            insert into write_backs (triage_id, helpdesk, number, state, change, sent_at)
            select triage_id, helpdesk, number, 'sent', '{}', decided_at from decision_lines where is_last and number::int % 3 <> 1
            """),
        ("written", "update write_backs set state = 'applied' where number::int % 2 = 0"),
        ("given up", "update write_backs set state = 'superseded' where number::int % 4 = 0"),
        ("searched", "update decision_lines set question_tokens = number::int % 40"),
        ("held and unclear", "update decision_lines set is_held = number::int % 6 = 0, intent = case number::int % 7 when 0 then 'unclear' else intent end"),
        ("no escalation any more", "delete from escalations where number::int % 5 = 0"),
        ("sorted anew", "update decision_lines set group_name = 'Other', product = 'shop' where number::int % 13 = 0"),
        ("moved to another day", "update decision_lines set decided_at = decided_at - interval '1 day' where number::int % 17 = 0"),
        ("a whole day gone", """
            delete from write_backs where triage_id in (
                select id from triages where decided_at < (select min(decided_at) from triages) + interval '1 day');
            delete from triages where decided_at < (select min(decided_at) from triages) + interval '1 day';
            """),
    ];

    private static string Decide(string which, string at) =>
        $"""
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft,
                             versions)
        select gen_random_uuid(), helpdesk, number, {at}, 's', 'h', '{"{}"}', jsonb_set(understanding, '{"{intent,value}"}', '"orders/late"'),
               priority, route, draft, versions
        from triages where {which}
        """;

    private static Task<DayFigures> ReadAsync(DaySums sums, string aspect, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return sums.ReadAsync(aspect, today.AddDays(-60), today, now, cancellationToken);
    }

    /// <returns>What differs, in each aspect and for each day and key.</returns>
    private static async Task<IReadOnlyList<string>> CompareAsync(TriageDatabase database, DaySums sums, CancellationToken cancellationToken)
    {
        // A day on which nothing is left has a sum of nothing.
        var faults = new List<string>();
        foreach (var aspect in Aspects)
        {
            var read = (await ReadAsync(sums, aspect, cancellationToken)).Days;
            var told = read.Where(day => day.Decisions > 0).Select(Line).Order(StringComparer.Ordinal).ToList();
            var counted = await CountAsync(database, aspect, cancellationToken);
            Assert.That(counted, Is.Not.Empty);
            faults.AddRange(told.Except(counted).Select(line => $"{aspect} summed: {line}"));
            faults.AddRange(counted.Except(told).Select(line => $"{aspect} counted: {line}"));
            faults.AddRange(told.GroupBy(line => line).Where(same => same.Count() > 1).Select(same => $"{aspect} twice: {same.Key}"));
        }

        return faults;
    }

    private static string Line(DaySum day) => string.Create(
        CultureInfo.InvariantCulture,
        $"{day.Day:yyyy-MM-dd} {day.Key} {day.Tickets} {day.Decisions} {day.Confidence:0.000} {day.LastConfidence:0.000} {day.Corrected} "
        + $"{day.KnownOutcomes} {day.Escalated} {day.Missed} {day.InputTokens} {day.OutputTokens} {Steps(day.FirstReplies)} "
        + $"{Steps(day.Resolutions)} {day.Reopened} {day.Transferred} {day.TargetsMet} {day.TargetsMissed} {day.ForPerson} "
        + $"{(day.Key.Length == 0 ? day.Written : 0)} {day.QuestionTokens}");

    /// <summary>How many in all, and about how long: the sum of their steps.</summary>
    private static string Steps(IReadOnlyList<long> steps) => $"{steps.Sum(step => (int)step)}/{steps.Sum(step => (step >> 32) * (int)step)}";

    private static async Task<IReadOnlyList<string>> CountAsync(TriageDatabase database, string aspect, CancellationToken cancellationToken)
    {
        var key = aspect switch { "all" => "''::text", "group" => "group_name", _ => aspect };
        await using var command = database.Pool.CreateCommand(
            $"""
            with outcome as (
                select helpdesk, number, extract(epoch from first_reply_at - created_at) as reply,
                       extract(epoch from solved_at - created_at) as solution
                from past_tickets
            ), step as (
                select helpdesk, number, case when reply < 60 then 0 else 1 + floor(8 * log(2, (reply / 60)::numeric)) end as reply,
                       case when solution < 60 then 0 else 1 + floor(8 * log(2, (solution / 60)::numeric)) end as solution from outcome
            )
            select concat_ws(' ', (l.decided_at at time zone 'UTC')::date, {key}, count(*) filter (where is_last), count(*),
                to_char(sum(confidence::float8), 'FM999990.000'), to_char(coalesce(sum(confidence::float8) filter (where is_last), 0), 'FM999990.000'),
                count(*) filter (where triage_id in (select triage_id from judgements where said <> decided)),
                count(*) filter (where is_last and (helpdesk, number) in (select helpdesk, number from past_tickets)),
                count(*) filter (where is_last and (helpdesk, number) in (select helpdesk, number from escalations)),
                coalesce(sum((select count(*) from escalations e where e.helpdesk = l.helpdesk and e.number = l.number and e.outcome = 'missed'))
                    filter (where is_last), 0),
                sum(input_tokens), sum(output_tokens),
                count(step.reply) filter (where is_last) || '/' || coalesce(sum(step.reply) filter (where is_last), 0),
                count(step.solution) filter (where is_last) || '/' || coalesce(sum(step.solution) filter (where is_last), 0),
                count(*) filter (where is_last and reopens > 0), count(*) filter (where is_last and transfers > 0),
                coalesce(sum(targets_met) filter (where is_last), 0), coalesce(sum(targets_missed) filter (where is_last), 0),
                count(*) filter (where is_last and (intent = 'unclear' or is_held)),
                count(*) filter (where {(aspect == "all" ? "true" : "false")} and triage_id in (
                    select triage_id from write_backs where state = 'applied')), sum(question_tokens))
            from decision_lines l left join step using (helpdesk, number)
            group by (l.decided_at at time zone 'UTC')::date, {key}
            """);
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    /// <summary>From yesterday back.</summary>
    private static async Task SeedAsync(TriageDatabase database, int tickets, int days, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            """
            insert into tickets (helpdesk, number, wanted, done, outcome) select 'acme', n::text, 1, 1, 'written' from generate_series(1, $1) n;
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tickets });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var rest = database.Pool.CreateCommand(
            $$"""
            insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft,
                                 versions)
            select gen_random_uuid(), 'acme', n::text,
                   date_trunc('day', now(), 'UTC') - interval '13 hours' - n % {{days}} * interval '1 day' + n % 7 * interval '1 hour', 's', 'h',
                   '{}',
                   jsonb_build_object(
                       'intent', jsonb_build_object(
                           'value', (array['billing/refund', 'orders/late', 'unclear'])[1 + n % 3], 'confidence', n % 100 / 100.0),
                       'product', jsonb_build_object('value', (array['shop', 'app'])[1 + n % 2]),
                       'language', jsonb_build_object('value', (array['de', 'en'])[1 + n / 2 % 2]),
                       'inputTokens', 700 + n, 'outputTokens', n),
                   '{}', jsonb_build_object('group', (array['Billing', 'Orders'])[1 + n / 3 % 2]), '{}', '{}'
            from generate_series(1, {{tickets}}) n;
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at,
                                      first_reply_at, solved_at, updated_at)
            select 'acme', n::text, 's', 'solved', 'low', '{}', '{}', 'de', '', '[]', now(), now() + n % 50 * interval '5 minutes',
                   case when n % 3 > 0 then now() + n * interval '1 hour' end, now()
            from generate_series(1, 300) n;
            """);
        await rest.ExecuteNonQueryAsync(cancellationToken);
    }
}
