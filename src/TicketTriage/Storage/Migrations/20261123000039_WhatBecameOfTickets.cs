using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// What the watch sees of a ticket after its decision, in the line of its last one and in the sums of days. A version before this one goes on
/// beside it: what it decides and sums has nothing in the new columns, and such days are summed again.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000039_WhatBecameOfTickets")]
internal sealed class WhatBecameOfTickets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $$"""
        -- In the order in which a decision takes the same tables, so that neither waits for the other: tickets, triages, write_backs,
        -- decision_lines. Values that few tickets have are found by an index of their own, also among 100,000.
        create index tickets_skipped on tickets (first_seen_at desc) where state = 'skipped';

        -- What models were sent for the decision; null where a version before this one has made it. With the decision, so that it goes with
        -- it: by its month, and when its ticket is erased.
        alter table triages add column sent jsonb;

        -- A change that reaches its helpdesk when the day of its decision is over. What is sent within the day is summed with it, and most
        -- changes are over in a moment: then nothing is looked up.
        create function mark_written_day() returns trigger
            language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            insert into decision_day_marks (day)
            select (l.decided_at at time zone 'UTC')::date from decision_lines l
            where l.triage_id = new.triage_id and l.decided_at < date_trunc('day', now(), 'UTC');
            return null;
        end
        $$;
        create trigger write_backs_counted after update of state on write_backs for each row
            when (old.state <> new.state and 'applied' in (old.state, new.state)
                and old.sent_at < date_trunc('day', now(), 'UTC') + interval '1 hour')
            execute function mark_written_day();

        alter table decision_lines
            add column reopens integer not null default 0,
            add column transfers integer not null default 0,
            add column targets_met integer not null default 0,
            add column targets_missed integer not null default 0,
            -- Of the embedding model, which has a price of its own.
            add column question_tokens integer not null default 0;

        -- Null where a version before this one has summed the day.
        alter table decision_days
            add column reopened bigint,
            add column transferred bigint,
            add column targets_met bigint,
            add column targets_missed bigint,
            add column for_person bigint,
            add column question_tokens bigint,
            -- Counted of all alone, and 0 in the rows of an aspect.
            add column written bigint;

        -- The last failure of a helpdesk: one row for each, whichever process saw it.
        create table helpdesk_failures (
            helpdesk  text        primary key,
            kind      text        not null check (kind in ('away', 'credentials', 'rights', 'address', 'refused')),
            message   text        not null,
            at        timestamptz not null default now()
        );

        create index decision_lines_by_language on decision_lines (language, decided_at desc) where is_last;
        create index decision_lines_by_product on decision_lines (product, decided_at desc) where is_last;

        -- With the moment again, which the parts by month had lost: each decision asks for a customer's latest. The part of before has this
        -- index still, and it is taken for its part; those of months are a month's.
        create index triages_of_requester on triages (helpdesk, requester_id, decided_at) where requester_id is not null;
        drop index triages_by_requester;
        alter index triages_of_requester rename to triages_by_requester;

        {{KeepLine(carries: true)}}
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        {KeepLine(carries: false)}

        create index triages_of_requester on triages (helpdesk, requester_id) where requester_id is not null;
        drop index triages_by_requester;
        alter index triages_of_requester rename to triages_by_requester;
        drop index tickets_skipped, decision_lines_by_product, decision_lines_by_language;
        drop table helpdesk_failures;
        drop trigger write_backs_counted on write_backs;
        drop function mark_written_day;
        alter table decision_days
            drop column reopened, drop column transferred, drop column targets_met, drop column targets_missed, drop column for_person,
            drop column question_tokens, drop column written;
        alter table triages drop column sent;
        alter table decision_lines drop column reopens, drop column transfers, drop column targets_met, drop column targets_missed,
            drop column question_tokens;
        """);

    // A ticket that is decided anew has the history that it had: the line of its last decision takes it over.
    private static string KeepLine(bool carries) =>
        $$"""
        create or replace function keep_decision_line() returns trigger language plpgsql as $$
        declare
            understanding jsonb := new.understanding || '{}';
            route         jsonb := new.route || '{}';
            conversation  jsonb := new.conversation || '{}';
            {{(carries ? "before        record;" : "")}}
        begin
            {{(carries ? Carry : "")}}
            if tg_op = 'INSERT' then
                update decision_lines set is_last = false where helpdesk = new.helpdesk and number = new.number and is_last;
            end if;
            insert into decision_lines (
                triage_id, helpdesk, number, decided_at, is_last, intent, confidence, priority, group_name, rule, sentiment, language, product,
                provider, is_held, input_tokens, output_tokens, subject, words{{(carries ? CarriedColumns : "")}})
            select new.id, new.helpdesk, new.number, new.decided_at, true,
                   coalesce(understanding #>> '{intent,value}', 'unclear'),
                   coalesce((understanding #>> '{intent,confidence}')::real, 0),
                   lower(coalesce(new.priority ->> 'value', 'normal')),
                   coalesce(route ->> 'group', ''),
                   coalesce(route ->> 'rule', ''),
                   coalesce(understanding #>> '{sentiment,value}', 'unclear'),
                   coalesce(understanding #>> '{language,value}', 'unclear'),
                   coalesce(understanding #>> '{product,value}', 'unclear'),
                   coalesce(understanding ->> 'provider', ''),
                   coalesce((route ->> 'isHeld')::boolean, false),
                   {{TokensOf("inputTokens", carries)}},
                   {{TokensOf("outputTokens", carries)}},
                   left(coalesce(conversation ->> 'subject', ''), 200),
                   to_tsvector('simple', left(coalesce(conversation ->> 'subject', ''), 1000) || ' '
                       || left(coalesce(understanding ->> 'summary', ''), 4000)){{(carries ? Carried : "")}}
            on conflict (triage_id) do update
            set subject = excluded.subject, words = excluded.words, intent = excluded.intent, product = excluded.product;
            return null;
        end
        $$;
        """;

    private const string CarriedColumns = ", reopens, transfers, targets_met, targets_missed, question_tokens";

    // Of understanding and drafting together, where that is known.
    private static string TokensOf(string name, bool carries) =>
        $"coalesce({(carries ? $"(new.sent ->> '{name}')::integer, " : "")}(understanding ->> '{name}')::integer, 0)";

    private const string Carry =
        """
        select coalesce(max(reopens), 0) as reopens, coalesce(max(transfers), 0) as transfers, coalesce(max(targets_met), 0) as targets_met,
                   coalesce(max(targets_missed), 0) as targets_missed
            into before from decision_lines where helpdesk = new.helpdesk and number = new.number and is_last;
        """;

    private const string Carried = ",\n                   before.reopens, before.transfers, before.targets_met, before.targets_missed,\n"
        + "                   coalesce((new.sent ->> 'questionTokens')::integer, 0)";
}
