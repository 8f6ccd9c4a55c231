namespace TicketTriage.Forgetting;

/// <summary>
/// Every table and how long its rows stay, in the order in which they are deleted: what refers to others goes before them. A test compares
/// this list to the database, so that nobody adds a table without a word on it. Statements take few rows, skip those that somebody holds,
/// and leave alone whatever still waits for somebody.
/// </summary>
public static class KeptTables
{
    public static IReadOnlyList<KeptTable> All { get; } =
    [
        ByAge("deliveries", options => options.Deliveries,
            """
            with gone as (
                delete from deliveries where ctid = any(array(
                    select d.ctid from deliveries d
                    where d.received_at < $1 and not exists (
                        select from tickets t
                        where t.helpdesk = d.helpdesk and t.number = d.number and t.state in ('received', 'triaging', 'parked'))
                    limit $2))
                returning 1)
            select count(*) from gone
            """),
        // Those of a month go with their month. What was decided before there were months, and what has an id of none, goes to the day.
        ByAge("triages", options => options.Decisions,
            """
            with old as (
                select l.triage_id from decision_lines l
                where l.decided_at < $1 and not exists (select from write_backs w where w.triage_id = l.triage_id and w.state = 'sent')
                  and not exists (
                      select from decision_months() m
                      where m.part <> 'triages_before' and l.triage_id >= m.first_id and l.triage_id < m.next_id)
                order by l.decided_at limit $2
            ), said as (
                delete from note_feedback f using old where f.triage = old.triage_id
            ), written as (
                delete from write_backs w using old where w.triage_id = old.triage_id
            ), gone as (
                delete from triages t using old where t.id = old.triage_id returning 1)
            select count(*) from gone
            """) with { DeletePart = "select drop_decision_months($1, $2)" },
        ByAge("agent_choices", options => options.Decisions,
            """
            with gone as (
                delete from agent_choices where id in (select id from agent_choices where given_at < $1 order by given_at limit $2)
                returning 1)
            select count(*) from gone
            """),
        ByAge("escalations", options => options.Escalations,
            """
            with cycles as (
                select e.helpdesk, e.number, e.cycle from escalations e
                where e.raised_from is null and e.opened_at < $1 and not exists (
                    select from escalations o
                    where o.helpdesk = e.helpdesk and o.number = e.number and o.cycle = e.cycle
                      and (o.state = 'open' or o.ended_at is null or o.ended_at >= $1))
                order by e.opened_at limit $2
            ), old as (
                select id from escalations join cycles using (helpdesk, number, cycle)
            ), told as (
                delete from notices n using old where n.escalation_id = old.id
            ), gone as (
                delete from escalations e using old where e.id = old.id returning 1)
            select count(*) from gone
            """),
        ByAge("messages", options => options.Escalations,
            """
            with gone as (
                delete from messages where id in (
                    select m.id from messages m
                    where m.created_at < $1 and not exists (select from notices n where n.message_id = m.id)
                    limit $2)
                returning 1)
            select count(*) from gone
            """),
        ByAge("tickets", options => options.Tickets,
            """
            with gone as (
                delete from tickets where (helpdesk, number) in (
                    select t.helpdesk, t.number from tickets t
                    where t.first_seen_at < $1 and t.changed_at < $1 and t.state in ('written', 'skipped')
                      and not exists (select from triages d where d.helpdesk = t.helpdesk and d.number = t.number)
                      and not exists (select from assignments a where a.helpdesk = t.helpdesk and a.number = t.number)
                      and not exists (select from watched_tickets w where w.helpdesk = t.helpdesk and w.number = t.number)
                    order by t.first_seen_at limit $2 for update skip locked)
                returning 1)
            select count(*) from gone
            """),
        ByAge("past_tickets", options => options.PastTickets,
            """
            with gone as (
                delete from past_tickets where (helpdesk, number) in (
                    select helpdesk, number from past_tickets where updated_at < $1 limit $2 for update skip locked)
                returning 1)
            select count(*) from gone
            """),
        ByAge("policy_drafts", options => options.Drafts,
            """
            with gone as (
                delete from policy_drafts where (kind, author) in (select kind, author from policy_drafts where changed_at < $1 limit $2)
                returning 1)
            select count(*) from gone
            """),
        ByAge("agents", options => options.Agents,
            """
            with gone as (
                delete from agents where (helpdesk, id) in (
                    select a.helpdesk, a.id from agents a
                    where not a.is_active and a.roster is null and a.refreshed_at < $1
                      and not exists (select from assignments s where s.helpdesk = a.helpdesk and s.agent_id = a.id)
                    limit $2 for update skip locked)
                returning 1)
            select count(*) from gone
            """),
        ByAge("audit_entries", options => options.Audit, "select prune_audit($1, $2)"),
        // Each name when its last entry has gone: there is no other age to a name.
        ByAge("audit_people", options => options.Audit, "select prune_audit_people($2) where $1 < now()"),
        Stays("audit_links", "go with the entries that they link, in prune_audit"),
        Stays("write_backs", "go with their decision, in the statement of triages"),
        Stays("decision_lines", "go with their decision, by their foreign key"),
        Stays("decision_days", "are counts, made anew by sum-days when decisions of their day go"),
        Stays("decision_day_marks", "go within minutes, when sum-days has summed their day"),
        Stays("judgements", "go with their decision, by their foreign key"),
        Stays("note_feedback", "go with their decision, in the statement of triages"),
        Stays("notices", "go with their escalation, in its statement"),
        Stays("assignments", "go when their ticket ends or is given to somebody by hand"),
        Stays("absence_looks", "are one row for each helpdesk"),
        Stays("watched_tickets", "go a month after their ticket ended, by the job tidy-watch"),
        Stays("watch_policies", "are one row for each kind of policy"),
        Stays("policies", "are named by decisions and publications, and hold the team's rules; of rosters the last ten"),
        Stays("policy_publications", "say which policy counts, and are the way back to an older one"),
        Stays("reconciliations", "are one row for each helpdesk"),
        Stays("history_imports", "are one row for each helpdesk"),
        Stays("helpdesk_quotas", "are a handful of rows for each helpdesk"),
        Stays("helpdesk_failures", "are one row for each helpdesk"),
        Stays("token_spending", "are one row a day for each helpdesk"),
        Stays("job_runs", "are the latest thousand of each job, kept so by the jobs themselves"),
        Stays("job_pauses", "stay until somebody resumes the job"),
        Stays("signing_keys", "are the service's own secrets, and their links would end with them"),
        Stays("sign_in_keys", "are the service's own secrets, a new one every three months, and hold nothing of people"),
        Stays("api_keys", "stay until an admin withdraws them"),
        Stays("knowledge_articles", "are what their sources have, past tickets among them"),
        Stays("knowledge_passages", "go with their article, by their foreign key"),
        Stays("knowledge_vectors", "go with their passage, by their foreign key"),
        Stays("knowledge_words", "are what the version before searches by, and go with the next one"),
        Stays("knowledge_sources", "are one row for each source"),
        Stays("knowledge_version", "is one number"),
        Stays("__EFMigrationsHistory", "says which tables there are"),
    ];

    private static KeptTable ByAge(string name, Func<RetentionOptions, int> days, string delete) =>
        new(name) { Days = days, Delete = delete };

    private static KeptTable Stays(string name, string why) => new(name) { Why = $"Its rows {why}." };
}
