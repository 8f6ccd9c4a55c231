using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Who works on tickets, how much each has, and which tickets wait for somebody.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000006_Agents")]
internal sealed class Agents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table agents (
            helpdesk      text         not null,
            id            text         not null,
            name          text         not null,
            -- What the helpdesk says, and what the roster says, which counts first.
            known         jsonb,
            roster        jsonb,
            -- False for somebody who was deleted in the helpdesk: nothing is given to them, and what they had waits again.
            is_active     boolean      not null default true,
            is_available  boolean      not null default false,
            most_units    integer      not null default 1 check (most_units >= 0),
            active_units  integer      not null default 0 check (active_units >= 0),
            -- What they had when their limit was lowered, or by the helpdesk's own count: more than allowed only by others' doing.
            held_units    integer      not null default 0 check (held_units >= 0),
            refreshed_at  timestamptz  not null default now(),
            primary key (helpdesk, id),
            constraint agents_never_over_capacity check (active_units <= greatest(most_units, held_units))
        ) with (fillfactor = 50);

        create table assignments (
            helpdesk          text         not null,
            number            text         not null,
            agent_id          text,
            -- Who had it by our doing before it waited again, and may still stand in the helpdesk.
            last_agent_id     text,
            units             integer      not null check (units > 0),
            group_name        text         not null,
            priority          text         not null,
            demand            jsonb        not null,
            expected_minutes  real         not null,
            requester_id      text,
            waiting_since     timestamptz  not null default now(),
            due_at            timestamptz,
            claimed_at        timestamptz,
            -- When the helpdesk had it; until then the claim is a promise that a dead process may have left.
            assigned_at       timestamptz,
            reasons           jsonb        not null default '[]',
            primary key (helpdesk, number),
            check ((agent_id is null) = (claimed_at is null)),
            check (assigned_at is null or agent_id is not null),
            foreign key (helpdesk, agent_id) references agents (helpdesk, id)
        ) with (fillfactor = 70);
        create index assignments_by_agent on assignments (helpdesk, agent_id);
        create index assignments_by_requester on assignments (helpdesk, requester_id) where assigned_at is not null;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table assignments, agents;");
}
