using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// What became of a ticket, in the line of its last decision: to bring 100,000 of each together for every report took longer than all the rest.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000022_OutcomesInLines")]
internal sealed class OutcomesInLines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Seconds from the ticket's creation.
        alter table decision_lines add column is_past boolean not null default false, add column first_reply float8, add column resolution float8;

        -- By triggers from both sides, so that it is the same whichever comes first: the decision, or the import of what became of it.
        create function find_outcome() returns trigger language plpgsql as $$
        begin
            select true, extract(epoch from p.first_reply_at - p.created_at), extract(epoch from p.solved_at - p.created_at)
            into new.is_past, new.first_reply, new.resolution
            from past_tickets p where p.helpdesk = new.helpdesk and p.number = new.number;
            new.is_past := coalesce(new.is_past, false);
            return new;
        end
        $$;
        create trigger decision_lines_outcome before insert on decision_lines for each row execute function find_outcome();

        create function keep_outcome() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' then
                update decision_lines set is_past = false, first_reply = null, resolution = null
                where helpdesk = old.helpdesk and number = old.number and is_past;
            else
                update decision_lines
                set is_past = true, first_reply = extract(epoch from new.first_reply_at - new.created_at),
                    resolution = extract(epoch from new.solved_at - new.created_at)
                where helpdesk = new.helpdesk and number = new.number and is_last;
            end if;
            return null;
        end
        $$;
        create trigger past_tickets_outcome after insert or update of created_at, first_reply_at, solved_at or delete on past_tickets
            for each row execute function keep_outcome();

        update decision_lines l
        set is_past = true, first_reply = extract(epoch from p.first_reply_at - p.created_at),
            resolution = extract(epoch from p.solved_at - p.created_at)
        from past_tickets p where p.helpdesk = l.helpdesk and p.number = l.number and l.is_last;

        drop index past_tickets_outcomes;
        drop index decision_lines_by_time;
        create index decision_lines_by_time on decision_lines (decided_at desc)
            include (triage_id, helpdesk, number, is_last, is_held, intent, product, language, group_name, confidence, input_tokens, output_tokens,
                     is_past, first_reply, resolution);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index decision_lines_by_time;
        create index decision_lines_by_time on decision_lines (decided_at desc)
            include (triage_id, helpdesk, number, is_last, is_held, intent, product, language, group_name, confidence, input_tokens, output_tokens);
        create index past_tickets_outcomes on past_tickets (helpdesk, number) include (created_at, first_reply_at, solved_at);
        drop trigger past_tickets_outcome on past_tickets;
        drop function keep_outcome;
        drop trigger decision_lines_outcome on decision_lines;
        drop function find_outcome;
        alter table decision_lines drop column is_past, drop column first_reply, drop column resolution;
        """);
}
