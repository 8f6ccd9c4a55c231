using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What deleting by age needs: an index that costs intake nothing, and the one way in which old lines leave the audit.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000018_Retention")]
internal sealed class Retention : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index deliveries_by_time on deliveries using brin (received_at);

        -- Lines of the last year stay whatever is tried; older ones may go, and only with all that stood before them (prune_audit).
        drop trigger audit_entries_stay on audit_entries;
        drop trigger audit_links_stay on audit_links;
        create trigger audit_entries_stay before update or truncate on audit_entries
            for each statement execute function refuse_audit_change();
        create trigger audit_links_stay before update or truncate on audit_links
            for each statement execute function refuse_audit_change();
        create trigger audit_entries_last before delete on audit_entries
            for each row when (old.at > now() - interval '1 year') execute function refuse_audit_change();
        create function refuse_unlinking() returns trigger language plpgsql as $$
        begin
            if exists (select from audit_entries where id = old.entry) then
                raise exception 'Position % of % links an entry that is there: DELETE was refused.', old.position, old.helpdesk
                    using errcode = 'insufficient_privilege';
            end if;
            return old;
        end
        $$;
        create trigger audit_links_last before delete on audit_links for each row execute function refuse_unlinking();

        -- Removes the oldest lines of each chain. The last link that is removed stays as the chain's beginning, and a line says so.
        -- It runs with the owner's rights, since the service's own role can't delete here.
        create function prune_audit(before timestamptz, most bigint) returns bigint
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            chain   record;
            first   bigint;
            last    bigint;
            removed bigint;
            pruned  bigint := 0;
        begin
            for chain in
                select helpdesk, max(position) as head from audit_links group by helpdesk
            loop
                select min(position) into first from audit_links where helpdesk = chain.helpdesk;
                select l.position - 1 into last from audit_links l join audit_entries e on e.id = l.entry
                where l.helpdesk = chain.helpdesk and e.at >= before order by l.position limit 1;
                last := least(coalesce(last, chain.head - 1), chain.head - 1, first + most - 1);
                delete from audit_entries where id in (
                    select entry from audit_links where helpdesk = chain.helpdesk and position <= last);
                get diagnostics removed = row_count;
                if removed > 0 then
                    delete from audit_links where helpdesk = chain.helpdesk and position < last;
                    insert into audit_entries (helpdesk, action, subject, details)
                    select chain.helpdesk, 'audit.pruned', 'audit', json_build_object('upTo', last, 'hash', encode(hash, 'hex'))::text
                    from audit_links where helpdesk = chain.helpdesk and position = last;
                    pruned := pruned + removed;
                end if;
            end loop;
            return pruned;
        end
        $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop function prune_audit;
        drop trigger audit_links_last on audit_links;
        drop trigger audit_entries_last on audit_entries;
        drop function refuse_unlinking;
        drop trigger audit_links_stay on audit_links;
        drop trigger audit_entries_stay on audit_entries;
        create trigger audit_entries_stay before update or delete or truncate on audit_entries
            for each statement execute function refuse_audit_change();
        create trigger audit_links_stay before update or delete or truncate on audit_links
            for each statement execute function refuse_audit_change();
        drop index deliveries_by_time;
        """);
}
