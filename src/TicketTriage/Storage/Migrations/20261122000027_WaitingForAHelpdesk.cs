using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Which tickets wait for nothing but a helpdesk that is left alone, and a way to find those that come next.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000027_WaitingForAHelpdesk")]
internal sealed class WaitingForAHelpdesk : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table tickets add column awaits_helpdesk boolean not null default false;
        create index tickets_awaiting_helpdesk on tickets (helpdesk, next_at) where awaits_helpdesk;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index tickets_awaiting_helpdesk;
        alter table tickets drop column awaits_helpdesk;
        """);
}
