using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>When a helpdesk is to be asked for its clocks, which policies the watch has seen, and whose clock an escalation goes by.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000036_TrueWatch")]
internal sealed class TrueWatch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table watched_tickets add column ask_at timestamptz;
        update watched_tickets set ask_at = observed_at where told_at is null or told_at < observed_at;

        -- The policies by which all watched tickets have been looked at, or are about to be.
        create table watch_policies (
            kind    text        primary key,
            version text        not null,
            since   timestamptz not null
        );

        alter table escalations add column source text check (source in ('computed', 'helpdesk'));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table escalations drop column source;
        drop table watch_policies;
        alter table watched_tickets drop column ask_at;
        """);
}
