using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Who was given which ticket and why, for as long as decisions are kept: assignments go as soon as a ticket ends.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000033_AgentChoices")]
internal sealed class AgentChoices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table agent_choices (
            id                bigint       generated always as identity primary key,
            helpdesk          text         not null,
            number            text         not null,
            agent_id          text         not null,
            requester_id      text,
            expected_minutes  real         not null,
            reasons           jsonb        not null,
            given_at          timestamptz  not null default now()
        );
        create index agent_choices_by_ticket on agent_choices (helpdesk, number);
        create index agent_choices_by_requester on agent_choices (helpdesk, requester_id, given_at) where requester_id is not null;
        create index agent_choices_by_time on agent_choices (helpdesk, given_at);

        -- Why the agent was chosen who has it now; the version before leaves it empty.
        alter table assignments add column chosen_because jsonb not null default '[]';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table assignments drop column chosen_because;
        drop table agent_choices;
        """);
}
