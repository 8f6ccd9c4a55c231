using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>A decision's documents are stored packed, and every <c>-&gt;&gt;</c> unpacks the whole: what is read more than once is unpacked first.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000038_UnpackedOnce")]
internal sealed class UnpackedOnce : Migration
{
    // To join something empty to a document changes nothing, but gives it unpacked.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        Functions("new.understanding || '{}'", "new.route || '{}'", "new.conversation || '{}'"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        Functions("new.understanding", "new.route", "new.conversation"));

    private static string Functions(string understanding, string route, string conversation) =>
        $$"""
        create or replace function keep_decision_line() returns trigger language plpgsql as $$
        declare
            understanding jsonb := {{understanding}};
            route         jsonb := {{route}};
            conversation  jsonb := {{conversation}};
        begin
            if tg_op = 'INSERT' then
                update decision_lines set is_last = false where helpdesk = new.helpdesk and number = new.number and is_last;
            end if;
            insert into decision_lines
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
                   coalesce((understanding ->> 'inputTokens')::integer, 0),
                   coalesce((understanding ->> 'outputTokens')::integer, 0),
                   left(coalesce(conversation ->> 'subject', ''), 200),
                   to_tsvector('simple', left(coalesce(conversation ->> 'subject', ''), 1000) || ' '
                       || left(coalesce(understanding ->> 'summary', ''), 4000))
            on conflict (triage_id) do update
            set subject = excluded.subject, words = excluded.words, intent = excluded.intent, product = excluded.product;
            return null;
        end
        $$;

        create or replace function audit_triage() returns trigger language plpgsql as $$
        declare
            route jsonb := {{route}};
        begin
            insert into audit_entries (helpdesk, action, subject, details)
            values (new.helpdesk, 'triage.decided', 'ticket ' || new.number, json_build_object(
                'triage', new.id, 'intent', new.understanding #> '{intent,value}', 'priority', new.priority -> 'value',
                'group', route -> 'group', 'rule', route -> 'rule', 'versions', new.versions)::text);
            return null;
        end
        $$;
        """;
}
