using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TicketTriage.Storage.Migrations;

/// <summary>
/// The audit: entries that are written with what they tell of, the links that chain them, and what keeps both as they are. How and why:
/// <c>docs/decisions/an-audit-in-two-steps.md</c>.
/// </summary>
[DbContext(typeof(TriageDbContext))]
[Migration("20261122000017_Audit")]
internal sealed class Audit : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Who stands behind entries. The id is the digest of salt and name: a name can be forgotten and can't be exchanged.
        create table audit_people (
            id    bytea primary key,
            salt  bytea not null,
            name  text  not null unique
        );

        create table audit_entries (
            id        bigint      generated always as identity primary key,
            -- Empty for what concerns no single helpdesk.
            helpdesk  text        not null,
            at        timestamptz not null default now(),
            action    text        not null,
            -- Null where nobody but the service itself did it.
            person    bytea,
            subject   text        not null,
            -- JSON, as text: what is hashed are these bytes.
            details   text        not null default '{}'
        );
        create index audit_entries_by_action on audit_entries (action, id desc);
        create index audit_entries_by_subject on audit_entries (subject, id desc);
        create index audit_entries_by_people on audit_entries (id desc) where person is not null;

        -- Which entry stands at which place of its helpdesk's chain: written by the seal, after the entry's own transaction.
        create table audit_links (
            helpdesk  text   not null,
            position  bigint not null check (position > 0),
            entry     bigint not null unique,
            hash      bytea  not null,
            primary key (helpdesk, position)
        );

        create function refuse_audit_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is only ever added to: % was refused.', tg_table_name, tg_op using errcode = 'insufficient_privilege';
        end
        $$;
        create trigger audit_entries_stay before update or delete or truncate on audit_entries
            for each statement execute function refuse_audit_change();
        create trigger audit_links_stay before update or delete or truncate on audit_links
            for each statement execute function refuse_audit_change();

        -- Two who come first at once agree: the name is unique, and whoever loses reads what the other wrote.
        create function audit_person(who text) returns bytea language plpgsql as $$
        declare
            known bytea;
            grain bytea := uuid_send(gen_random_uuid());
        begin
            if coalesce(who, '') = '' then
                return null;
            end if;
            select id into known from audit_people where name = who;
            if known is null then
                insert into audit_people (id, salt, name) values (sha256(grain || convert_to(who, 'UTF8')), grain, who)
                on conflict (name) do nothing;
                select id into known from audit_people where name = who;
            end if;
            return known;
        end
        $$;

        -- Who does what no row tells of, as the statement says; else whoever is connected, as it wasn't the service.
        create function audit_doer() returns bytea language sql as $$
            select audit_person(coalesce(nullif(current_setting('tickettriage.person', true), ''), 'database user ' || session_user))
        $$;

        -- By triggers, so that no way of changing something can forget its entry.
        create function audit_triage() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, subject, details)
            values (new.helpdesk, 'triage.decided', 'ticket ' || new.number, json_build_object(
                'triage', new.id, 'intent', new.understanding #> '{intent,value}', 'priority', new.priority -> 'value',
                'group', new.route -> 'group', 'rule', new.route -> 'rule', 'versions', new.versions)::text);
            return null;
        end
        $$;
        create trigger triages_audited after insert on triages for each row execute function audit_triage();

        create function audit_ticket() returns trigger language plpgsql as $$
        begin
            if new.state = 'parked' then
                insert into audit_entries (helpdesk, action, subject) values (new.helpdesk, 'ticket.parked', 'ticket ' || new.number);
            elsif new.state = 'received' and new.wanted = old.wanted then
                insert into audit_entries (helpdesk, action, person, subject)
                values (new.helpdesk, 'ticket.replayed', audit_doer(), 'ticket ' || new.number);
            end if;
            return null;
        end
        $$;
        create trigger tickets_audited after update on tickets for each row
            when ((old.state = 'parked') <> (new.state = 'parked')) execute function audit_ticket();

        create function audit_escalation() returns trigger language plpgsql as $$
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
            if new.outcome is distinct from old.outcome or new.outcome_by is distinct from old.outcome_by then
                insert into audit_entries (helpdesk, action, person, subject, details)
                values (new.helpdesk, case when new.outcome_by = 'rule' then 'escalation.ended' else 'escalation.corrected' end,
                    case when new.outcome_by <> 'rule' then audit_person(new.outcome_by) end, what,
                    json_build_object('escalation', new.id, 'outcome', new.outcome)::text);
            end if;
            return null;
        end
        $$;
        create trigger escalations_audited after insert or update of acknowledged_at, outcome, outcome_by on escalations
            for each row execute function audit_escalation();

        create function audit_policy() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, subject, details)
            values ('', 'policy.kept', 'policy ' || new.kind, json_build_object('version', new.version)::text);
            return null;
        end
        $$;
        create trigger policies_audited after insert on policies for each row execute function audit_policy();

        create function audit_publication() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, person, subject, details)
            values ('', 'policy.published', audit_person(new.author), 'policy ' || new.kind,
                json_build_object('version', new.version, 'publication', new.id, 'basedOn', new.based_on)::text);
            return null;
        end
        $$;
        create trigger policy_publications_audited after insert on policy_publications for each row execute function audit_publication();

        create function audit_judgement() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, person, subject, details)
            values (new.helpdesk, case new.how when 'blind' then 'decision.judged' else 'decision.corrected' end,
                audit_person(new.by_whom), 'ticket ' || new.number,
                json_build_object('triage', new.triage_id, 'field', new.field, 'decided', new.decided, 'said', new.said)::text);
            return null;
        end
        $$;
        create trigger judgements_audited after insert on judgements for each row execute function audit_judgement();

        create function audit_feedback() returns trigger language plpgsql as $$
        begin
            insert into audit_entries (helpdesk, action, subject, details)
            select helpdesk, 'note.judged', 'ticket ' || number, json_build_object('triage', new.triage, 'useful', new.is_useful)::text
            from triages where id = new.triage;
            return null;
        end
        $$;
        create trigger note_feedback_audited after insert on note_feedback for each row execute function audit_feedback();

        create function audit_key() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' then
                insert into audit_entries (helpdesk, action, person, subject, details)
                values ('', 'key.withdrawn', audit_doer(), 'key ' || old.name, json_build_object('role', old.role)::text);
            else
                insert into audit_entries (helpdesk, action, person, subject, details)
                values ('', case tg_op when 'INSERT' then 'key.made' else 'key.changed' end,
                    case tg_op when 'INSERT' then audit_person(new.made_by) else audit_doer() end,
                    'key ' || new.name, json_build_object('role', new.role)::text);
            end if;
            return null;
        end
        $$;
        create trigger api_keys_audited after insert or update or delete on api_keys for each row execute function audit_key();

        create function audit_pause() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' then
                insert into audit_entries (helpdesk, action, person, subject) values ('', 'job.resumed', audit_doer(), 'job ' || old.name);
            else
                insert into audit_entries (helpdesk, action, person, subject)
                values ('', 'job.paused', audit_person(new.paused_by), 'job ' || new.name);
            end if;
            return null;
        end
        $$;
        create trigger job_pauses_audited after insert or delete on job_pauses for each row execute function audit_pause();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger job_pauses_audited on job_pauses;
        drop trigger api_keys_audited on api_keys;
        drop trigger note_feedback_audited on note_feedback;
        drop trigger judgements_audited on judgements;
        drop trigger policy_publications_audited on policy_publications;
        drop trigger policies_audited on policies;
        drop trigger escalations_audited on escalations;
        drop trigger tickets_audited on tickets;
        drop trigger triages_audited on triages;
        drop function audit_pause, audit_key, audit_feedback, audit_judgement, audit_publication, audit_policy, audit_escalation,
            audit_ticket, audit_triage, audit_doer, audit_person;
        drop table audit_links, audit_entries, audit_people;
        drop function refuse_audit_change;
        """);
}
