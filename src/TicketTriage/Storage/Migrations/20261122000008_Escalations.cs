using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Watched tickets, escalations, and what people are told of them.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000008_Escalations")]
internal sealed class Escalations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A ticket that has, or had, service level clocks. At rest: next_look_at is null.
        create table watched_tickets (
            helpdesk      text        not null,
            number        text        not null,
            created_at    timestamptz not null,
            status        text        not null,
            priority      text        not null,
            segment       text        not null,
            group_id      text,
            assignee_id   text,
            intent        text,
            product       text,
            bundle        text,
            events        jsonb       not null,
            causes        jsonb       not null default '[]',
            told          jsonb,
            told_at       timestamptz,
            replied_at    timestamptz,
            reminded_at   timestamptz,
            first_seen_at timestamptz not null,
            observed_at   timestamptz not null,
            looks         bigint      not null default 0,
            next_look_at  timestamptz,
            primary key (helpdesk, number)
        ) with (fillfactor = 80);
        create index watched_tickets_due on watched_tickets (next_look_at) where next_look_at is not null;
        create index watched_tickets_silent on watched_tickets (replied_at) where status = 'Pending';

        -- A level of an escalation. All levels of one cause, from the first to the last, are a cycle.
        create table escalations (
            id                  uuid        primary key,
            helpdesk            text        not null,
            number              text        not null,
            cycle               text        not null,
            cause               text        not null,
            level               integer     not null check (level > 0),
            row_name            text        not null,
            direction           text        not null,
            raised_from         uuid        unique references escalations (id),
            state               text        not null check (state in ('open', 'raised', 'acknowledged', 'closed')),
            people              text[]      not null,
            reasons             text[]      not null,
            due_at              timestamptz,
            opened_at           timestamptz not null,
            acknowledge_by      timestamptz not null,
            unanswered_since    timestamptz,
            acknowledged_at     timestamptz,
            acknowledged_by     text,
            acknowledged_how    text        check (acknowledged_how in ('link', 'reply', 'assigned', 'answered', 'command')),
            ended_at            timestamptz,
            outcome             text        check (outcome in ('prevented', 'neutral', 'missed')),
            outcome_by          text,
            lower_level_could   boolean,
            intent              text,
            product             text,
            group_id            text,
            assignee_id         text,
            bundle              text,
            matrix_version      text        not null,
            service_version     text        not null,
            constraint escalations_acknowledged_has_a_time check ((acknowledged_at is null) = (acknowledged_by is null))
        );
        -- One open escalation for each ticket and cause, so one for each level too.
        create unique index escalations_open on escalations (helpdesk, number, cause) where state = 'open';
        -- A cycle begins once, whatever level it begins at, and passes each level once.
        create unique index escalations_first on escalations (helpdesk, number, cycle) where raised_from is null;
        create unique index escalations_levels on escalations (helpdesk, number, cycle, level);
        create index escalations_latest on escalations (opened_at desc);

        -- A message to one person, whatever number of tickets it tells of.
        create table messages (
            id          uuid        primary key,
            channel     text        not null,
            recipient   text        not null,
            state       text        not null check (state in ('sending', 'sent', 'failed', 'unsure')),
            created_at  timestamptz not null,
            sent_at     timestamptz,
            error       text
        );
        create index messages_of_recipient on messages (recipient, created_at desc);
        create index messages_under_way on messages (created_at) where state = 'sending';

        -- The outbox: written in the statement that opens or raises the escalation.
        create table notices (
            id             uuid        primary key,
            escalation_id  uuid        not null references escalations (id),
            occasion       text        not null,
            channel        text        not null check (channel in ('note', 'mail', 'chat', 'webhook')),
            recipient      text        not null,
            state          text        not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'unsure', 'dropped')),
            not_before     timestamptz not null,
            tries          integer     not null default 0,
            created_at     timestamptz not null,
            sent_at        timestamptz,
            message_id     uuid        references messages (id),
            error          text,
            unique (escalation_id, occasion, channel, recipient)
        );
        create index notices_waiting on notices (channel, recipient, not_before) where state = 'waiting';
        create index notices_of_message on notices (message_id);

        -- Secrets that all processes have to share, made by whichever needs one first.
        create table signing_keys (
            name  text   primary key,
            key   bytea  not null
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "drop table signing_keys, notices, messages, escalations, watched_tickets;");
}
