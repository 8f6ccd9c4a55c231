using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What each helpdesk has had the model read and write, by day.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000023_TokenSpending")]
internal sealed class TokenSpending : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create table token_spending (
            helpdesk text   not null,
            -- In UTC.
            day      date   not null,
            -- Used, and set aside for calls that are under way.
            tokens   bigint not null,
            primary key (helpdesk, day)
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table token_spending;");
}
