using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Proves to the database, beside all work, up to where the ids of today's decisions reach: the next step then makes their table a part of
/// the one by months without reading it. Takes as long as the table takes to be read.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000031_BeforeMonths")]
internal sealed class BeforeMonths : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            -- The first id that a decision can have at a moment: ids are of version 7, and begin with their milliseconds.
            create or replace function first_id_at(moment timestamptz) returns uuid language sql immutable strict parallel safe as $$
                select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
            $$;

            -- A week at least, so that no decision comes beyond it before the next step.
            do $$
            begin
                if (select relkind from pg_class where oid = 'triages'::regclass) = 'p' then
                    return;
                end if;
                alter table triages drop constraint if exists triages_before_months;
                execute format('alter table triages add constraint triages_before_months check (id < %L) not valid',
                    first_id_at(date_trunc('month', now() + interval '7 days', 'UTC') + interval '1 month'));
            end
            $$;
            """);
        // Each by itself: validated together with the step before, it would hold everybody up.
        migrationBuilder.Sql(
            """
            do $$
            begin
                if exists (select from pg_constraint where conrelid = 'triages'::regclass and conname = 'triages_before_months') then
                    alter table triages validate constraint triages_before_months;
                end if;
            exception when check_violation then
                -- Ids that were made by something else. The next step then puts those aside, and reads the table.
                alter table triages drop constraint triages_before_months;
            end
            $$;
            """,
            suppressTransaction: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table triages drop constraint if exists triages_before_months;
        drop function first_id_at;
        """);
}
