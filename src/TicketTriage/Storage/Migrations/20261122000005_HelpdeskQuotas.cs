using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>How many calls each helpdesk still allows, shared by all processes.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000005_HelpdeskQuotas")]
internal sealed class HelpdeskQuotas : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A handful of rows, each changed with every ticket: room on the page lets a change stay on it.
        create table helpdesk_quotas (
            helpdesk          text              not null,
            kind              text              not null check (kind in ('account', 'update', 'list', 'export', 'search')),
            calls_per_minute  integer           not null,
            most              double precision  not null,
            per_second        double precision  not null check (per_second > 0),
            calls_left        double precision  not null,
            counted_at        timestamptz       not null,
            closed_until      timestamptz,
            primary key (helpdesk, kind)
        ) with (fillfactor = 10);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table helpdesk_quotas;");
}
