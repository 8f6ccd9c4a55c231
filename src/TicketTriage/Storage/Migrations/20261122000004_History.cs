using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What was there before this service was: tickets to learn from, and how far each helpdesk's past was read.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000004_History")]
internal sealed class History : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A ticket as it last was; texts in it are redacted.
        create table past_tickets (
            helpdesk        text        not null,
            number          text        not null,
            stamp           text        not null,
            status          text        not null,
            priority        text        not null,
            group_id        text,
            assignee_id     text,
            channel         text,
            tags            text[]      not null,
            fields          jsonb       not null,
            language        text        not null,
            subject         text        not null,
            messages        jsonb       not null,
            created_at      timestamptz not null,
            first_reply_at  timestamptz,
            solved_at       timestamptz,
            updated_at      timestamptz not null,
            imported_at     timestamptz not null default now(),
            primary key (helpdesk, number)
        );
        create index past_tickets_by_time on past_tickets (helpdesk, created_at);

        create table history_imports (
            helpdesk    text        primary key,
            since       timestamptz not null,
            cursor      text,
            tickets     bigint      not null default 0,
            changed_at  timestamptz not null default now(),
            ended_at    timestamptz
        );
        """);
}
