using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What customers said of the help, beside the tickets of the past.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000035_Ratings")]
internal sealed class Ratings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "alter table past_tickets add column rating text constraint rating_is_known check (rating in ('good', 'bad'));");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table past_tickets drop column rating;");
}
