using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// The trace of the delivery that made a ticket due, as the standard writes it (https://www.w3.org/TR/trace-context), where it was recorded.
/// Empty otherwise. The version before neither writes nor reads it.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000041_TraceOfTheDelivery")]
internal sealed class TraceOfTheDelivery : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table tickets add column trace text");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table tickets drop column trace");
}
