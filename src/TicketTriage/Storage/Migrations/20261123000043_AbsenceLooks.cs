using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>When the agents of each helpdesk were last asked for who went away. The version before neither writes nor reads it.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000043_AbsenceLooks")]
internal sealed class AbsenceLooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table absence_looks (
            helpdesk  text         primary key,
            began_at  timestamptz  not null
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table absence_looks;");
}
