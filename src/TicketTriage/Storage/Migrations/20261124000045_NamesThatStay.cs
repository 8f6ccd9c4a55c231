using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Who did something is found although their unused name is removed at the same moment: before, an entry could be written without its person. The
/// version before calls the same function.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261124000045_NamesThatStay")]
internal sealed class NamesThatStay : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Guarantee: whoever is named gets a key, and the name's row is held until the commit, so that prune_audit_people passes it over. A name
        -- can be there when it is inserted and gone when it is read, so both are tried until one holds. It runs with the owner's rights, since
        -- the service's own role may not lock what it may not change.
        create or replace function audit_person(who text) returns bytea
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            known bytea;
            grain bytea := uuid_send(gen_random_uuid());
        begin
            if coalesce(who, '') = '' then
                return null;
            end if;
            loop
                select id into known from audit_people where name = who for key share;
                exit when known is not null;
                insert into audit_people (id, salt, name) values (sha256(grain || convert_to(who, 'UTF8')), grain, who)
                on conflict (name) do nothing
                returning id into known;
                exit when known is not null;
            end loop;
            return known;
        end
        $$;
        """);

    // The function stays: the version before calls it as it always did.
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
