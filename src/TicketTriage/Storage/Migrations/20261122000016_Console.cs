using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What the console needs: decisions in narrow rows, people's word on them, and policies that leads publish.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000016_Console")]
internal sealed class ConsoleTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A decision in a narrow row: lists and reports over 100,000 of them read these, and never the conversations.
        create table decision_lines (
            triage_id     uuid        primary key references triages (id) on delete cascade,
            helpdesk      text        not null,
            number        text        not null,
            decided_at    timestamptz not null,
            is_last       boolean     not null,
            intent        text        not null,
            confidence    real        not null,
            priority      text        not null,
            group_name    text        not null,
            rule          text        not null,
            sentiment     text        not null,
            language      text        not null,
            product       text        not null,
            provider      text        not null,
            is_held       boolean     not null,
            input_tokens  integer     not null,
            output_tokens integer     not null,
            subject       text        not null,
            words         tsvector    not null
        );
        create index decision_lines_of_ticket on decision_lines (helpdesk, number) where is_last;
        create index decision_lines_by_time on decision_lines (decided_at desc);
        create index decision_lines_by_intent on decision_lines (intent, decided_at desc) where is_last;
        create index decision_lines_by_group on decision_lines (group_name, decided_at desc) where is_last;
        create index decision_lines_by_priority on decision_lines (priority, decided_at desc) where is_last;
        create index decision_lines_by_words on decision_lines using gin (words);

        -- By a trigger, so that no way of writing a decision can forget its line.
        create function keep_decision_line() returns trigger language plpgsql as $$
        begin
            if tg_op = 'INSERT' then
                update decision_lines set is_last = false where helpdesk = new.helpdesk and number = new.number and is_last;
            end if;
            insert into decision_lines
            select new.id, new.helpdesk, new.number, new.decided_at, true,
                   coalesce(new.understanding #>> '{intent,value}', 'unclear'),
                   coalesce((new.understanding #>> '{intent,confidence}')::real, 0),
                   lower(coalesce(new.priority ->> 'value', 'normal')),
                   coalesce(new.route ->> 'group', ''),
                   coalesce(new.route ->> 'rule', ''),
                   coalesce(new.understanding #>> '{sentiment,value}', 'unclear'),
                   coalesce(new.understanding #>> '{language,value}', 'unclear'),
                   coalesce(new.understanding #>> '{product,value}', 'unclear'),
                   coalesce(new.understanding ->> 'provider', ''),
                   coalesce((new.route ->> 'isHeld')::boolean, false),
                   coalesce((new.understanding ->> 'inputTokens')::integer, 0),
                   coalesce((new.understanding ->> 'outputTokens')::integer, 0),
                   left(coalesce(new.conversation ->> 'subject', ''), 200),
                   to_tsvector('simple', left(coalesce(new.conversation ->> 'subject', ''), 1000) || ' '
                       || left(coalesce(new.understanding ->> 'summary', ''), 4000))
            on conflict (triage_id) do update
            set subject = excluded.subject, words = excluded.words, intent = excluded.intent, product = excluded.product;
            return null;
        end
        $$;
        create trigger decision_lines_kept after insert or update on triages for each row execute function keep_decision_line();

        insert into decision_lines
        select id, helpdesk, number, decided_at,
               row_number() over (partition by helpdesk, number order by decided_at desc, id desc) = 1,
               coalesce(understanding #>> '{intent,value}', 'unclear'), coalesce((understanding #>> '{intent,confidence}')::real, 0),
               lower(coalesce(priority ->> 'value', 'normal')), coalesce(route ->> 'group', ''), coalesce(route ->> 'rule', ''),
               coalesce(understanding #>> '{sentiment,value}', 'unclear'), coalesce(understanding #>> '{language,value}', 'unclear'),
               coalesce(understanding #>> '{product,value}', 'unclear'), coalesce(understanding ->> 'provider', ''),
               coalesce((route ->> 'isHeld')::boolean, false), coalesce((understanding ->> 'inputTokens')::integer, 0),
               coalesce((understanding ->> 'outputTokens')::integer, 0), left(coalesce(conversation ->> 'subject', ''), 200),
               to_tsvector('simple', left(coalesce(conversation ->> 'subject', ''), 1000) || ' '
                   || left(coalesce(understanding ->> 'summary', ''), 4000))
        from triages;

        -- A person's word on a decision: a correction, or a blind look at a sample. Appended only; the latest counts.
        create table judgements (
            id         uuid        primary key,
            triage_id  uuid        not null references triages (id) on delete cascade,
            helpdesk   text        not null,
            number     text        not null,
            field      text        not null check (field in ('intent', 'priority', 'group')),
            decided    text        not null,
            said       text        not null,
            confidence real        not null,
            how        text        not null check (how in ('correction', 'blind')),
            by_whom    text        not null,
            at         timestamptz not null
        );
        create index judgements_by_time on judgements (at desc);
        create index judgements_of_triage on judgements (triage_id, field);

        -- Which version of a kind counts: the row with the highest id. Appended only; a return is another row.
        create table policy_publications (
            id            bigint      generated always as identity primary key,
            kind          text        not null,
            version       text        not null,
            author        text        not null,
            note          text        not null,
            published_at  timestamptz not null default now(),
            -- The publication that it was made from: no two are made from the same one.
            based_on      bigint      not null,
            foreign key (kind, version) references policies (kind, version),
            unique (kind, based_on)
        );
        create index policy_publications_latest on policy_publications (kind, id desc);

        -- What somebody is working on. Each has a draft of their own, so that nobody's is overwritten.
        create table policy_drafts (
            kind        text        not null,
            author      text        not null,
            body        text        not null,
            based_on    bigint      not null,
            revision    integer     not null default 1,
            changed_at  timestamptz not null default now(),
            primary key (kind, author)
        );

        -- Keys that an admin has made; the key itself was shown once and stands nowhere.
        create table api_keys (
            name     text        primary key,
            role     text        not null check (role in ('agent', 'lead', 'ops', 'admin')),
            hash     bytea       not null unique,
            made_by  text        not null,
            made_at  timestamptz not null default now()
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop table api_keys, policy_drafts, policy_publications, judgements;
        drop trigger decision_lines_kept on triages;
        drop function keep_decision_line;
        drop table decision_lines;
        """);
}
