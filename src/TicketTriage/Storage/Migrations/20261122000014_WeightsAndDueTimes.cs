using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// What choosing an agent needs of channels, due times and refusals; the accounts' own fields of past tickets; and an index by which
/// ended tickets leave the watch.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000014_WeightsAndDueTimes")]
internal sealed class WeightsAndDueTimes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table assignments
            add column channel         text,
            -- The calendar of the service levels by which minutes until due_at are counted; null for those of the wall clock.
            add column calendar        text,
            add column target_minutes  real,
            -- Agents whom the helpdesk refused for it; why stands in reasons.
            add column not_again       text[]  not null default '{}';

        alter table past_tickets add column custom_fields jsonb not null default '{}';

        create index watched_tickets_at_rest on watched_tickets (observed_at) where next_look_at is null;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index watched_tickets_at_rest;
        alter table past_tickets drop column custom_fields;
        alter table assignments drop column channel, drop column calendar, drop column target_minutes, drop column not_again;
        """);
}
