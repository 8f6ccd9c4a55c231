using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>A way to a customer's latest tickets: each decision asks how many there were of late.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000028_TicketsOfACustomer")]
internal sealed class TicketsOfACustomer : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index triages_by_requester;
        create index triages_by_requester on triages (helpdesk, requester_id, decided_at) where requester_id is not null;
        create index past_tickets_by_requester on past_tickets (helpdesk, requester_id, created_at) where requester_id is not null;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index past_tickets_by_requester;
        drop index triages_by_requester;
        create index triages_by_requester on triages (helpdesk, requester_id) where requester_id is not null;
        """);
}
