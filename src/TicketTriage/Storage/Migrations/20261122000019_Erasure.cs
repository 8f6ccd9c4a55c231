using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>What erasing a person needs: whose tickets are whose, and that nobody who was at work then writes them back.</summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000019_Erasure")]
internal sealed class Erasure : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table triages add column requester_id text;
        create index triages_by_requester on triages (helpdesk, requester_id) where requester_id is not null;
        alter table past_tickets add column requester_id text;

        -- An erased ticket leaves its row, without what it held: the fence keeps out whoever had claimed it.
        alter table tickets add column erased_at timestamptz;

        -- Some of what is kept beside a ticket is written without its claim, by workers who read it before it was erased. Until the
        -- helpdesk tells of the ticket anew, which is another intake, nothing comes back.
        create function refuse_erased() returns trigger language plpgsql as $$
        declare
            erased timestamptz;
        begin
            select t.erased_at into erased from tickets t
            where t.helpdesk = new.helpdesk and t.number = new.number and t.next_at is null and t.changed_at = t.erased_at;
            return case when erased is null then new end;
        end
        $$;
        create trigger watched_tickets_not_erased before insert on watched_tickets for each row execute function refuse_erased();
        create trigger assignments_not_erased before insert on assignments for each row execute function refuse_erased();
        create trigger escalations_not_erased before insert on escalations for each row execute function refuse_erased();

        -- An import brings a ticket of the past back only where it has changed in the helpdesk since.
        create function refuse_erased_past() returns trigger language plpgsql as $$
        begin
            if exists (
                select from tickets t
                where t.helpdesk = new.helpdesk and t.number = new.number and t.erased_at is not null
                  and new.updated_at <= t.erased_at) then
                return null;
            end if;
            return new;
        end
        $$;
        create trigger past_tickets_not_erased before insert on past_tickets for each row execute function refuse_erased_past();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger past_tickets_not_erased on past_tickets;
        drop function refuse_erased_past;
        drop trigger escalations_not_erased on escalations;
        drop trigger assignments_not_erased on assignments;
        drop trigger watched_tickets_not_erased on watched_tickets;
        drop function refuse_erased;
        alter table tickets drop column erased_at;
        alter table past_tickets drop column requester_id;
        drop index triages_by_requester;
        alter table triages drop column requester_id;
        """);
}
