using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>An agent who is to be told is one of a helpdesk: two helpdesks may have the same id for two people.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000037_AgentsOfHelpdesks")]
internal sealed class AgentsOfHelpdesks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        update notices n set recipient = 'agent:' || e.helpdesk || '/' || substr(n.recipient, 7)
        from escalations e where e.id = n.escalation_id and n.recipient like 'agent:%' and n.recipient not like 'agent:%/%';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "update notices set recipient = 'agent:' || substr(recipient, position('/' in recipient) + 1) where recipient like 'agent:%/%';");
}
