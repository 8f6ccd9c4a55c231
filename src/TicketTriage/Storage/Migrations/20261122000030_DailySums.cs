using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Sums of the days that are over, for reports: months of decisions are read in as many rows as they had days. A version before this one
/// goes on beside it; the marks come from triggers, whoever writes.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000030_DailySums")]
internal sealed class DailySums : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Written anew as a whole for a day; a day that has been summed has a row of all.
        create table decision_days (
            day            date     not null,
            aspect         text     not null check (aspect in ('all', 'intent', 'product', 'language', 'group')),
            key            text     not null,
            tickets        bigint   not null,
            decisions      bigint   not null,
            -- Of all decisions, and of those that are their ticket's last.
            confidence     float8   not null,
            last_confidence float8 not null,
            corrected      bigint   not null,
            known_outcomes bigint   not null,
            escalated      bigint   not null,
            missed         bigint   not null,
            input_tokens   bigint   not null,
            output_tokens  bigint   not null,
            -- How many took how long: the step of the span in the upper half of a number, how many in the lower.
            first_replies  bigint[] not null,
            resolutions    bigint[] not null
        );
        create index decision_days_of_aspect on decision_days (aspect, day);

        -- That something changed on a day that is over. Only ever added, so that nobody waits for anybody: taken away by whoever has summed
        -- with what the mark tells of in sight.
        create table decision_day_marks (
            day  date        not null,
            at   timestamptz not null default now()
        );

        -- Days begin by UTC. What is written on the day itself needs no mark: the day is summed an hour after its end, and no transaction
        -- lasts that long. With the owner's rights, so that a version that got its rights before these tables were made can go on.
        create function mark_decision_day() returns trigger
            language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            if tg_op <> 'INSERT' then
                insert into decision_day_marks (day) values ((old.decided_at at time zone 'UTC')::date);
            end if;
            if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.decided_at <> old.decided_at) then
                insert into decision_day_marks (day) values ((new.decided_at at time zone 'UTC')::date);
            end if;
            return null;
        end
        $$;
        create trigger decision_lines_late after insert on decision_lines for each row
            when (new.decided_at < date_trunc('day', now(), 'UTC')) execute function mark_decision_day();
        create trigger decision_lines_changed after update on decision_lines for each row
            when (old.decided_at < date_trunc('day', now(), 'UTC') or new.decided_at < date_trunc('day', now(), 'UTC'))
            execute function mark_decision_day();
        create trigger decision_lines_gone after delete on decision_lines for each row
            when (old.decided_at < date_trunc('day', now(), 'UTC')) execute function mark_decision_day();

        create function mark_judged_day() returns trigger
            language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            insert into decision_day_marks (day)
            select (l.decided_at at time zone 'UTC')::date from decision_lines l
            where l.triage_id = coalesce(new.triage_id, old.triage_id) and l.decided_at < date_trunc('day', now(), 'UTC');
            return null;
        end
        $$;
        create trigger judgements_counted after insert or update or delete on judgements for each row execute function mark_judged_day();

        create function mark_escalated_day() returns trigger
            language plpgsql security definer set search_path = public, pg_temp as $$
        begin
            insert into decision_day_marks (day)
            select (l.decided_at at time zone 'UTC')::date from decision_lines l
            where l.helpdesk = coalesce(new.helpdesk, old.helpdesk) and l.number = coalesce(new.number, old.number) and l.is_last
              and l.decided_at < date_trunc('day', now(), 'UTC');
            return null;
        end
        $$;
        create trigger escalations_counted after insert or delete or update of outcome on escalations for each row
            execute function mark_escalated_day();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger escalations_counted on escalations;
        drop trigger judgements_counted on judgements;
        drop trigger decision_lines_gone on decision_lines;
        drop trigger decision_lines_changed on decision_lines;
        drop trigger decision_lines_late on decision_lines;
        drop function mark_escalated_day, mark_judged_day, mark_decision_day;
        drop table decision_day_marks, decision_days;
        """);
}
