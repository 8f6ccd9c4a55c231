using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// Decisions by the month of their id, so that a month that is old enough goes at once. The table of before becomes the first part, as it
/// is. To the version before nothing looks different. Why this table alone: <c>docs/growth.md</c>.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000032_DecisionsByMonth")]
internal sealed class DecisionsByMonth : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Switch);
        // After the switch is committed: read beside all work. Rows that come meanwhile are checked already.
        foreach (var table in (string[])["write_backs", "decision_lines", "judgements"])
        {
            migrationBuilder.Sql($"alter table {table} validate constraint {table}_triage_id_fkey;", suppressTransaction: true);
        }
    }

    // May be run again: what comes after it is committed by itself, and can be cut off.
    private const string Switch =
        """
        do $$
        declare
            proven text;
        begin
            if (select relkind from pg_class where oid = 'triages'::regclass) = 'p' then
                return;
            end if;

            -- Who waits for these locks holds everybody up behind it: better to fail, and to be run again.
            set local lock_timeout = '10s';
            lock table triages, write_backs, decision_lines, judgements in access exclusive mode;

            alter table write_backs drop constraint write_backs_triage_id_fkey;
            alter table decision_lines drop constraint decision_lines_triage_id_fkey;
            alter table judgements drop constraint judgements_triage_id_fkey;
            drop trigger decision_lines_kept on triages;
            drop trigger triages_audited on triages;

            alter table triages rename to triages_before;
            alter index triages_pkey rename to triages_before_pkey;
            alter index triages_of_ticket rename to triages_before_of_ticket;
            alter index triages_without_support rename to triages_before_without_support;
            alter index triages_by_requester rename to triages_before_by_requester;

            create table triages (like triages_before including defaults, primary key (id)) partition by range (id);
            create index triages_of_ticket on triages (helpdesk, number, decided_at desc);
            create index triages_without_support on triages (decided_at) where draft ->> 'support' = 'Nothing';
            create index triages_by_requester on triages (helpdesk, requester_id) where requester_id is not null;

            -- For ids of no month that was made: nothing is refused because a job didn't run.
            create table triages_other partition of triages default;

            if exists (select from triages_before) then
                select substring(pg_get_constraintdef(oid) from '''([0-9a-f-]{36})''') into proven
                from pg_constraint where conrelid = 'triages_before'::regclass and conname = 'triages_before_months';
                if proven is null then
                    proven := first_id_at(date_trunc('month', now() + interval '7 days', 'UTC') + interval '1 month')::text;
                    with odd as (delete from triages_before where id >= proven::uuid returning *)
                    insert into triages_other select * from odd;
                end if;
                execute format('alter table triages attach partition triages_before for values from (minvalue) to (%L)', proven);
                alter table triages_before drop constraint if exists triages_before_months;
            else
                drop table triages_before;
            end if;

            create trigger decision_lines_kept after insert or update on triages for each row execute function keep_decision_line();
            create trigger triages_audited after insert on triages for each row execute function audit_triage();
            alter table write_backs add constraint write_backs_triage_id_fkey foreign key (triage_id) references triages (id) not valid;
            alter table decision_lines add constraint decision_lines_triage_id_fkey
                foreign key (triage_id) references triages (id) on delete cascade not valid;
            alter table judgements add constraint judgements_triage_id_fkey
                foreign key (triage_id) references triages (id) on delete cascade not valid;
        end
        $$;

        -- The parts of the table, the oldest first; the one for ids of no month has no first and no next one.
        create or replace function decision_months(out part text, out first_id uuid, out next_id uuid) returns setof record
            language sql stable set search_path = public, pg_temp as $$
            select p.part,
                   case when p.bound like '%FROM (MINVALUE)%' then first_id_at('1970-01-01Z')
                       else substring(p.bound from 'FROM \(''([0-9a-f-]{36})''\)')::uuid end,
                   substring(p.bound from 'TO \(''([0-9a-f-]{36})''\)')::uuid
            from (
                select c.relname::text as part, pg_get_expr(c.relpartbound, c.oid) as bound
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'triages'::regclass and not i.inhdetachpending) p
            order by 3 nulls last
        $$;

        -- Makes what is missing of this month and those that come; returns how many it made. With the owner's rights, since the service's
        -- own role makes no tables. A month of which the default part has rows already can't be made: they stay where they are.
        create or replace function make_decision_months(ahead integer) returns integer
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            this  timestamp := date_trunc('month', now() at time zone 'UTC');
            month timestamp;
            made  integer := 0;
        begin
            set local lock_timeout = '5s';
            for month in select generate_series(this, this + ahead * interval '1 month', interval '1 month')
            loop
                if not exists (
                    select from decision_months() m
                    where m.first_id <= first_id_at(month at time zone 'UTC') and m.next_id > first_id_at(month at time zone 'UTC')) then
                    begin
                        execute format('create table %I partition of triages for values from (%L) to (%L)',
                            'triages_' || to_char(month, 'YYYY_MM'), first_id_at(month at time zone 'UTC'),
                            first_id_at((month + interval '1 month') at time zone 'UTC'));
                        made := made + 1;
                    exception when check_violation then
                        raise warning 'The month % was not made: decisions of it stand in triages_other.', to_char(month, 'YYYY-MM');
                    end;
                end if;
            end loop;
            return made;
        end
        $$;

        -- Takes at most so many decisions that are older, and returns how many: of a month that is that old as a whole what refers to
        -- them, and with the last of it the month itself. Changes that are still under way keep their month.
        create or replace function drop_decision_months(before timestamptz, most bigint) returns bigint
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            month record;
            gone  bigint;
        begin
            select * into month from decision_months() m
            where m.next_id <= first_id_at(before) and not exists (
                select from write_backs w where w.triage_id >= m.first_id and w.triage_id < m.next_id and w.state = 'sent')
            order by m.next_id limit 1;
            if not found then
                return 0;
            end if;
            with old as (
                select triage_id from decision_lines where triage_id >= month.first_id and triage_id < month.next_id limit most
            ), said as (
                delete from note_feedback f using old where f.triage = old.triage_id
            ), judged as (
                delete from judgements j using old where j.triage_id = old.triage_id
            ), written as (
                delete from write_backs w using old where w.triage_id = old.triage_id
            ), lines as (
                delete from decision_lines l using old where l.triage_id = old.triage_id returning 1)
            select count(*) into gone from lines;
            if gone < most then
                set local lock_timeout = '5s';
                execute format('alter table triages detach partition %I', month.part);
                execute format('drop table %I', month.part);
            end if;
            return gone;
        end
        $$;

        select make_decision_months(3);
        """;
}
