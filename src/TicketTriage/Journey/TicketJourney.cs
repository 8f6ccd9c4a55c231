using System.Text.Json;
using Microsoft.Extensions.Options;
using TicketTriage.Drafting;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Journey;

/// <summary>
/// The way of a ticket through the rooms, in order. Safe to begin again from the top at any point: what was sent is settled first,
/// and what is decided already is not decided twice.
/// </summary>
public sealed class TicketJourney(
    HelpdeskDirectory helpdesks,
    TicketReader reader,
    AttachedFiles files,
    Understander understander,
    DraftWriter drafts,
    ModelPrompts prompts,
    PoliciesInForce policies,
    AgentDesk agents,
    SkillDesk skills,
    ChangePlanner planner,
    HelpdeskWriter writer,
    LoopGuard guard,
    TicketWatch watch,
    CircumstanceReader circumstances,
    TicketQueue queue,
    IOptions<ReadingOptions> readingOptions,
    IOptions<WriteBackOptions> writeBack,
    TimeProvider clock)
{
    /// <summary>How often somebody may be faster before the ticket is left alone for a moment.</summary>
    private const int MostConflicts = 3;

    private IReadOnlyCollection<string>? Languages => readingOptions.Value.Languages is { Count: > 0 } only ? only : null;

    /// <exception cref="HelpdeskAwayException">To be tried again later.</exception>
    /// <exception cref="HelpdeskRefusedException">A person has to look.</exception>
    /// <exception cref="LeaseLostException">Another worker has the ticket.</exception>
    public async Task RunAsync(ClaimedTicket claim, CancellationToken cancellationToken)
    {
        var helpdesk = helpdesks.FindHelpdesk(claim.Id.Helpdesk);
        if (helpdesk is null)
        {
            await queue.FinishAsync(
                claim, TicketOutcome.Parked, $"No helpdesk {claim.Id.Helpdesk} is configured any more.", null, null, cancellationToken);
            return;
        }

        if (claim.OpenTriage is null && guard.IsOwnDoing(claim))
        {
            // The version is left as it was: had the customer written too, unheard, the reconciliation would find it by the difference.
            await SkipAsync(claim, stamp: null, "Only this service has changed it.", cancellationToken);
            return;
        }

        using var turn = await helpdesks.TakeTurnAsync(claim.Id.Helpdesk, cancellationToken);
        // Over all attempts: what was asked for a decision that came too late was sent, and costs, all the same.
        using var transcript = ModelTranscript.Begin();
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            if (await TriageAsync(helpdesk, claim, transcript, cancellationToken))
            {
                return;
            }
        }

        throw new HelpdeskAwayException("The ticket is being changed by others just now.", retryAfter: null, mayHaveArrived: false);
    }

    /// <returns>False where somebody changed the ticket meanwhile, and it has to be read again.</returns>
    private async Task<bool> TriageAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, ModelTranscript transcript, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(helpdesk, claim, cancellationToken);
        if (claim.OpenTriage is { } open
            && await writer.SettleAsync(helpdesk, claim, open, isGone: reading.Ticket is null, cancellationToken))
        {
            return true;
        }

        var watched = await WatchAsync(helpdesk, claim, reading, cancellationToken);
        if (reading.Ticket is not { } ticket || reading.NothingToDo is not null)
        {
            if (reading.HasEnded)
            {
                await agents.EndAsync(claim.Id, cancellationToken);
            }

            await SkipAsync(claim, reading.Ticket?.Stamp, reading.NothingToDo, cancellationToken);
            return true;
        }

        var said = guard.WithoutTriageNotes(claim.Id, reading.Comments);
        var clean = TicketCleaner.Clean(ticket, said, claim.Id, Languages);
        if (LoopGuard.IsNothingNew(claim, clean.ContentHash))
        {
            await SkipAsync(claim, ticket.Stamp, "The customer has said nothing new.", cancellationToken);
            return true;
        }

        if (await guard.IsForgottenAsync(claim, reading.Comments, cancellationToken))
        {
            await queue.FinishAsync(
                claim, TicketOutcome.Written, "It was decided after the backup that this database was restored from.", ticket.Stamp,
                clean.ContentHash, cancellationToken);
            return true;
        }

        if (await guard.FindWaitAsync(claim, cancellationToken) is var (wait, reason))
        {
            await queue.PostponeAsync(claim, wait, reason, cancellationToken);
            return true;
        }

        var names = NamesOf(reading.Comments);
        if (claim.MayBeParked)
        {
            // Without the files, which may be what its workers die of.
            var seen = JsonSerializer.Serialize(clean.Redacted(new Redactor([.. clean.Names, .. names])), TriageJson.Default.CleanTicket);
            await queue.KeepReadingAsync(claim, seen, ticket.RequesterId, cancellationToken);
        }

        // Only now: until here nothing was sure to be decided.
        var comments = await files.ReadAsync(helpdesk, said, cancellationToken);
        if (comments != said)
        {
            clean = TicketCleaner.Clean(ticket, comments, claim.Id, Languages);
        }

        var redactor = new Redactor([.. clean.Names, .. names]);
        var redacted = clean.Redacted(redactor);
        var taxonomy = policies.Taxonomy;
        var understanding = await UnderstandAsync(claim, redacted, taxonomy.Content, cancellationToken);
        if (watched is not null)
        {
            await watch.UnderstoodAsync(watched, redacted, understanding, ticket.ProblemNumber, cancellationToken);
        }

        var (priority, route, rules) = await DecideAsync(
            claim, ticket, reading.Comments, redacted, watched, understanding, cancellationToken);
        var requester = RequesterOf(reading.Comments);
        var draft = await DraftAsync(claim, redacted, understanding, taxonomy.Content, requester, cancellationToken);

        var triage = new Triage
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Ticket = claim.Id,
            DecidedAt = clock.GetUtcNow(),
            RequesterId = ticket.RequesterId,
            Stamp = ticket.Stamp,
            ContentHash = clean.ContentHash,
            Conversation = redacted,
            Understanding = understanding,
            Priority = priority,
            Route = route,
            Draft = draft with { Text = WithoutName(draft.Text, requester, redactor) },
            Versions = policies.VersionsWith(understanding, taxonomy, rules),
            Sent = await prompts.KeepAsync(transcript.Read(), cancellationToken),
        };
        var change = await planner.PlanAsync(helpdesk, claim, ticket, triage, redactor.PutBack, cancellationToken);
        if (await writer.WriteAsync(helpdesk, claim, triage, change, cancellationToken) is not { } written)
        {
            return false;
        }

        if (watched is not null)
        {
            await watch.WrittenAsync(claim.Id, written.Sent, CancellationToken.None);
        }

        await (change.AssigneeId is { } agent && written.Sent.AssigneeId is null
            ? agents.RefuseAsync(claim.Id, agent, written.Warning ?? "", CancellationToken.None)
            : agents.SettleAsync(claim.Id, route, change.AssigneeId, CancellationToken.None));
        return true;
    }

    private async Task<TicketUnderstanding> UnderstandAsync(
        ClaimedTicket claim, CleanTicket redacted, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        using var step = TicketSteps.Begin(TicketSteps.Understand, claim.Id);
        var understanding = await understander.UnderstandAsync(redacted, taxonomy, cancellationToken);
        step.Succeed();
        return understanding;
    }

    private async Task<(PriorityChoice Priority, Route Route, RulesAtWork Rules)> DecideAsync(
        ClaimedTicket claim,
        HelpdeskTicket ticket,
        IReadOnlyList<HelpdeskComment> comments,
        CleanTicket redacted,
        WatchedTicket? watched,
        TicketUnderstanding understanding,
        CancellationToken cancellationToken)
    {
        using var step = TicketSteps.Begin(TicketSteps.Decide, claim.Id);
        var events = watched?.Events ?? TicketEvents.Extend([], ticket, guard.WithoutOwnNotes(claim.Id, comments));
        var known = await circumstances.ReadAsync(claim.Id, ticket, events, watched?.Told, understanding, cancellationToken);
        var priority = PriorityScale.Rank(understanding, redacted, policies.Priority.Content, known);
        var rules = policies.Routing;
        var now = clock.GetUtcNow();
        var route = GroupRouter.Choose(
            RuleFacts.Of(understanding, priority, redacted, now).During(policies.ServiceLevels, now),
            rules.Compiled,
            policies.Taxonomy.Content.FindIntent(understanding.Intent.Value)?.Skill);
        priority = priority.Raised(route.PriorityAtLeast, route.Rule);
        route = await agents.ChooseAsync(claim.Id, ticket, events, understanding, priority, route, cancellationToken);
        route = await skills.FindAsync(claim.Id.Helpdesk, route, cancellationToken);
        step.Succeed();
        return (priority, route, rules);
    }

    private async Task<ReplyDraft> DraftAsync(
        ClaimedTicket claim,
        CleanTicket redacted,
        TicketUnderstanding understanding,
        Taxonomy taxonomy,
        string? requester,
        CancellationToken cancellationToken)
    {
        using var step = TicketSteps.Begin(TicketSteps.Draft, claim.Id);
        var draft = await drafts.WriteAsync(redacted, understanding, taxonomy, writeBack.Value.TeamLanguage, requester, cancellationToken);
        step.Succeed();
        return draft;
    }

    private async Task<WatchedTicket?> WatchAsync(
        IHelpdesk helpdesk, ClaimedTicket claim, TicketReading reading, CancellationToken cancellationToken)
    {
        if (reading.Ticket is not { } ticket)
        {
            await watch.ForgetAsync(claim.Id, cancellationToken);
            return null;
        }

        // Whoever answers and solves in one does both unheard until now: without the messages the answer would be as late as the end.
        var comments = ticket.Status is HelpdeskStatus.Solved or HelpdeskStatus.Closed && await watch.IsOpenAsync(claim.Id, cancellationToken)
            ? await reader.ListCommentsAsync(helpdesk, claim.Id, cancellationToken)
            : reading.Comments;
        return await watch.ObserveAsync(claim.Id, ticket, guard.WithoutOwnNotes(claim.Id, comments), cancellationToken);
    }

    private Task SkipAsync(ClaimedTicket claim, string? stamp, string? reason, CancellationToken cancellationToken)
    {
        // What was written before stays written; this time there was only nothing to add.
        var outcome = claim.ContentHash is null ? TicketOutcome.Skipped : TicketOutcome.Written;
        return queue.FinishAsync(claim, outcome, reason, stamp, contentHash: null, cancellationToken);
    }

    /// <summary>The name is all that a draft holds of the customer beside placeholders: templates and passages are the team's own.</summary>
    private static string WithoutName(string draft, string? requester, Redactor redactor) =>
        requester is { Length: > 0 } name ? draft.Replace(name.Trim(), redactor.Redact(name.Trim()).Text, StringComparison.Ordinal) : draft;

    private static IReadOnlyList<string> NamesOf(IEnumerable<HelpdeskComment> comments) =>
        [.. comments.Select(comment => comment.AuthorName).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? RequesterOf(IEnumerable<HelpdeskComment> comments) =>
        comments.FirstOrDefault(comment => comment is { IsFromCustomer: true, AuthorName.Length: > 0 })?.AuthorName;
}
