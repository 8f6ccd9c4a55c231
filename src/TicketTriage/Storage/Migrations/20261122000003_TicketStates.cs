using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>A ticket's state by its name, what is needed to tell its claims apart, and an index for those that have killed a worker.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000003_TicketStates")]
internal sealed class TicketStates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Made from the columns that workers go by, so that the two can't disagree.
        alter table tickets
            add column state text not null generated always as (
                case when lease_until is not null then 'triaging' when next_at is not null then 'received' else outcome end) stored,
            add column tries         integer     not null default 0,
            add column claimed_at    timestamptz,
            add column decided_from  timestamptz,
            add constraint tickets_lease_is_due_at_its_end check (lease_until is null or next_at is not null);

        -- Tickets whose worker ended without a word: few, and looked for at every claim.
        create index tickets_suspect on tickets (next_at) where next_at is not null and attempts > 0;

        drop index tickets_parked;
        create index tickets_parked on tickets (changed_at desc) where state = 'parked';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index tickets_parked;
        create index tickets_parked on tickets (changed_at) where outcome = 'parked';
        drop index tickets_suspect;
        alter table tickets
            drop constraint tickets_lease_is_due_at_its_end,
            drop column state, drop column tries, drop column claimed_at, drop column decided_from;
        """);
}
