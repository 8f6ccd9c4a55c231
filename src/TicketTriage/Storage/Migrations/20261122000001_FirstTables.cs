using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Deliveries, tickets, triages, write-backs and policies. What each is for: <c>docs/data.md</c>.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000001_FirstTables")]
internal sealed class FirstTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table deliveries (
            helpdesk     text        not null,
            key          text        not null,
            number       text        not null,
            event_type   text        not null,
            actor_id     text,
            received_at  timestamptz not null default now(),
            primary key (helpdesk, key)
        );
        create index deliveries_of_ticket on deliveries (helpdesk, number);

        -- One row per ticket, and the only thing that workers claim. At rest: next_at is null.
        create table tickets (
            helpdesk       text        not null,
            number         text        not null,
            wanted         bigint      not null,
            done           bigint      not null default 0,
            next_at        timestamptz,
            lease_until    timestamptz,
            fence          bigint      not null default 0,
            attempts       integer     not null default 0,
            failures       integer     not null default 0,
            failing_since  timestamptz,
            stamp          text,
            content_hash   text,
            outcome        text        check (outcome in ('written', 'skipped', 'parked')),
            reason         text,
            first_seen_at  timestamptz not null default now(),
            changed_at     timestamptz not null default now(),
            primary key (helpdesk, number),
            constraint tickets_never_done_beyond_wanted check (done <= wanted)
        ) with (fillfactor = 80);
        create index tickets_due on tickets (next_at) where next_at is not null;
        create index tickets_parked on tickets (changed_at) where outcome = 'parked';
        create index tickets_latest on tickets (first_seen_at desc);

        -- The decision record. Append-only; texts in it are redacted.
        create table triages (
            id             uuid        primary key,
            helpdesk       text        not null,
            number         text        not null,
            decided_at     timestamptz not null,
            stamp          text        not null,
            content_hash   text        not null,
            conversation   jsonb       not null,
            understanding  jsonb       not null,
            priority       jsonb       not null,
            route          jsonb       not null,
            draft          jsonb       not null,
            versions       jsonb       not null
        );
        create index triages_of_ticket on triages (helpdesk, number, decided_at desc);

        create table write_backs (
            triage_id    uuid        primary key references triages (id),
            helpdesk     text        not null,
            number       text        not null,
            state        text        not null check (state in ('sent', 'applied', 'superseded', 'refused')),
            change       jsonb       not null,
            note         text,
            sent_at      timestamptz not null default now(),
            ended_at     timestamptz,
            stamp        text,
            audit_id     text,
            reason       text
        );
        create index write_backs_of_ticket on write_backs (helpdesk, number, sent_at desc);
        -- The outbox has at most one open change per ticket: order per ticket needs no further mechanism.
        create unique index write_backs_open on write_backs (helpdesk, number) where state = 'sent';

        create table policies (
            kind        text        not null,
            version     text        not null,
            body        jsonb       not null,
            author      text        not null,
            note        text        not null,
            valid_from  timestamptz not null default now(),
            primary key (kind, version)
        );

        create table reconciliations (
            helpdesk    text        primary key,
            cursor      text,
            read_until  timestamptz not null,
            changed_at  timestamptz not null default now()
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "drop table reconciliations, policies, write_backs, triages, tickets, deliveries;");
}
