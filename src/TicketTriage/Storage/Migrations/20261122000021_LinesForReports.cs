using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>Indexes that answer reports by themselves: a hundred thousand decisions are read without their texts and words.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000021_LinesForReports")]
internal sealed class LinesForReports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index decision_lines_by_time;
        create index decision_lines_by_time on decision_lines (decided_at desc)
            include (triage_id, helpdesk, number, is_last, is_held, intent, product, language, group_name, confidence, input_tokens, output_tokens);

        create index past_tickets_outcomes on past_tickets (helpdesk, number) include (created_at, first_reply_at, solved_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index past_tickets_outcomes;
        drop index decision_lines_by_time;
        create index decision_lines_by_time on decision_lines (decided_at desc);
        """);
}
