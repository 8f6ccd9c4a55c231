using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// The keys of sign-in cookies, for all processes; lines of the audit for what was written into a helpdesk and for who was given a ticket;
/// and old lines that leave the audit only with a proof of their age, followed by the names that nothing needs any more.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261123000040_DoorsAndTraces")]
internal sealed class DoorsAndTraces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Bytes, so that an erasure of words leaves them alone. The version before has its keys in a folder, and knows nothing of these.
        create table sign_in_keys (
            name     text        primary key,
            key      bytea       not null,
            made_at  timestamptz not null default now()
        );

        create function audit_change() returns trigger language plpgsql as $$
        begin
            -- What was written by kind alone: the whole set of tags has those of others in it.
            insert into audit_entries (helpdesk, action, subject, details)
            select new.helpdesk, 'change.' || new.state, 'ticket ' || new.number, json_build_object('triage', new.triage_id, 'parts', coalesce(
                (select json_agg(key order by key) from jsonb_each(new.change)
                 where key not in ('number', 'triageId', 'stamp') and jsonb_typeof(value) <> 'null'), '[]'::json))::text;
            return null;
        end
        $$;
        create trigger write_backs_audited after update of state on write_backs for each row
            when (old.state is distinct from new.state) execute function audit_change();

        create function audit_choice() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, subject, details)
            values (new.helpdesk, 'agent.chosen', 'ticket ' || new.number, json_build_object('agent', new.agent_id)::text);
            return null;
        end
        $$;
        create trigger agent_choices_audited after insert on agent_choices for each row execute function audit_choice();

        -- As before; that a name was erased there is no correction by anybody.
        create or replace function audit_escalation() returns trigger language plpgsql as $$
        declare
            what text := 'ticket ' || new.number;
        begin
            if tg_op = 'INSERT' then
                insert into audit_entries (helpdesk, action, subject, details)
                values (new.helpdesk, case when new.raised_from is null then 'escalation.opened' else 'escalation.raised' end, what,
                    json_build_object('escalation', new.id, 'cause', new.cause, 'level', new.level, 'row', new.row_name,
                        'matrix', new.matrix_version)::text);
                return null;
            end if;
            if new.acknowledged_at is distinct from old.acknowledged_at then
                insert into audit_entries (helpdesk, action, person, subject, details)
                values (new.helpdesk, 'escalation.acknowledged', audit_person(new.acknowledged_by), what,
                    json_build_object('escalation', new.id, 'how', new.acknowledged_how)::text);
            end if;
            if (new.outcome is distinct from old.outcome or new.outcome_by is distinct from old.outcome_by)
                and new.outcome_by is distinct from '[ERASED]' then
                insert into audit_entries (helpdesk, action, person, subject, details)
                values (new.helpdesk, case when new.outcome_by = 'rule' then 'escalation.ended' else 'escalation.corrected' end,
                    case when new.outcome_by <> 'rule' then audit_person(new.outcome_by) end, what,
                    json_build_object('escalation', new.id, 'outcome', new.outcome)::text);
            end if;
            return null;
        end
        $$;

        -- As before; the last line that goes stays readable in the line that says so, with the hash before it: that it has the hash which
        -- stays as the chain's beginning proves how old it was.
        create or replace function prune_audit(before timestamptz, most bigint) returns bigint
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            chain   record;
            first   bigint;
            last    bigint;
            removed bigint;
            pruned  bigint := 0;
            proof   json;
            linked  text;
        begin
            for chain in
                select helpdesk, max(position) as head from audit_links group by helpdesk
            loop
                select min(position) into first from audit_links where helpdesk = chain.helpdesk;
                select l.position - 1 into last from audit_links l join audit_entries e on e.id = l.entry
                where l.helpdesk = chain.helpdesk and e.at >= before order by l.position limit 1;
                last := least(coalesce(last, chain.head - 1), chain.head - 1, first + most - 1);
                select json_build_object('id', e.id, 'at', (extract(epoch from e.at) * 1000000)::bigint, 'action', e.action,
                           'person', encode(e.person, 'hex'), 'subject', e.subject, 'details', e.details) into proof
                from audit_links l join audit_entries e on e.id = l.entry where l.helpdesk = chain.helpdesk and l.position = last;
                select encode(hash, 'hex') into linked from audit_links where helpdesk = chain.helpdesk and position = last - 1;
                delete from audit_entries where id in (
                    select entry from audit_links where helpdesk = chain.helpdesk and position <= last);
                get diagnostics removed = row_count;
                if removed > 0 then
                    delete from audit_links where helpdesk = chain.helpdesk and position < last;
                    insert into audit_entries (helpdesk, action, subject, details)
                    select chain.helpdesk, 'audit.pruned', 'audit', json_build_object(
                        'upTo', last, 'hash', encode(hash, 'hex'), 'linkedTo', linked, 'last', proof)::text
                    from audit_links where helpdesk = chain.helpdesk and position = last;
                    pruned := pruned + removed;
                end if;
            end loop;
            return pruned;
        end
        $$;

        -- As before; and whoever is about to be named in an entry isn't forgotten until it is committed (prune_audit_people). It runs with
        -- the owner's rights, since the service's own role may not lock what it may not change.
        create or replace function audit_person(who text) returns bytea
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            known bytea;
            grain bytea := uuid_send(gen_random_uuid());
        begin
            if coalesce(who, '') = '' then
                return null;
            end if;
            select id into known from audit_people where name = who for key share;
            if known is null then
                insert into audit_people (id, salt, name) values (sha256(grain || convert_to(who, 'UTF8')), grain, who)
                on conflict (name) do nothing;
                select id into known from audit_people where name = who for key share;
            end if;
            return known;
        end
        $$;

        -- Removes names that no entry needs any more. Guarantee: none that an entry is being written under. Whoever writes one holds the
        -- name's row until the commit, and is passed over here; what was committed before the row was locked, the second look sees.
        create function prune_audit_people(most bigint) returns bigint
            language plpgsql security definer set search_path = public, pg_temp as $$
        declare
            idle   bytea[];
            pruned bigint;
        begin
            idle := array(
                select p.id from audit_people p where not exists (select from audit_entries e where e.person = p.id)
                limit most for update skip locked);
            delete from audit_people p
            where p.id = any(idle) and not exists (select from audit_entries e where e.person = p.id);
            get diagnostics pruned = row_count;
            return pruned;
        end
        $$;
        """);

    // The functions that were there before stay as they are: the version before calls them as it always did.
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop function prune_audit_people;
        drop trigger agent_choices_audited on agent_choices;
        drop trigger write_backs_audited on write_backs;
        drop function audit_choice, audit_change;
        drop table sign_in_keys;
        """);
}
