using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Which intents, groups, languages and priorities are common together: an intent goes to its group, and a search for one with another group
/// would look through all tickets in the order of time, as if there were some of them on every page.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000042_FiltersTogether")]
internal sealed class FiltersTogether : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create statistics decision_lines_together (mcv) on intent, group_name, language, priority from decision_lines;
        analyze decision_lines;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop statistics decision_lines_together");
}
