using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Prioritisation;

/// <summary>Decides how soon a ticket needs a person, by the policy alone.</summary>
public static class PriorityScale
{
    public static PriorityChoice Rank(TicketUnderstanding understanding, CleanTicket ticket, PriorityPolicy policy)
    {
        var (priority, reason) = Start(understanding.Intent, policy);
        var reasons = new List<string> { reason };
        var isSettled = false;
        foreach (var rule in policy.Rules.Where(rule => Applies(rule, understanding, ticket, policy)))
        {
            var moved = Move(priority, rule, policy.RaisesEndAt);
            if (moved != priority)
            {
                reasons.Add($"{(moved > priority ? "Raised" : "Lowered")} from {priority} to {moved}: {rule.Because}.");
            }

            isSettled = moved == (rule.AtLeast ?? rule.AtMost) || (isSettled && moved == priority);
            priority = moved;
        }

        return new PriorityChoice(priority, isSettled ? 1 : understanding.Intent.Confidence, reasons);
    }

    private static (TicketPriority Priority, string Reason) Start(Finding intent, PriorityPolicy policy)
    {
        if (intent.Value == Finding.Unclear)
        {
            return (policy.Start, $"Begins at {policy.Start}: the intent is unclear.");
        }

        if (!IsSure(intent, policy))
        {
            return (policy.Start, $"Begins at {policy.Start}: the intent {intent.Value} is too unsure to count.");
        }

        if (policy.StartByIntent.TryGetValue(intent.Value, out var own))
        {
            return (own, $"Begins at {own}: the intent is {intent.Value}.");
        }

        foreach (var (branch, priority) in policy.StartByIntent)
        {
            if (IntentPattern.Fits(branch, intent.Value))
            {
                return (priority, $"Begins at {priority}: the intent is of {branch}.");
            }
        }

        return (policy.Start, $"Begins at {policy.Start}, as most intents do.");
    }

    private static bool Applies(PriorityRule rule, TicketUnderstanding understanding, CleanTicket ticket, PriorityPolicy policy) =>
        (rule.Signal is null || understanding.Signals.Contains(rule.Signal))
        && (rule.Sentiment is null || rule.Sentiment == understanding.Sentiment.Value)
        && (rule.Tag is null || ticket.Tags.Contains(rule.Tag, StringComparer.OrdinalIgnoreCase))
        && (rule.Intents.Count == 0
            || (IsSure(understanding.Intent, policy)
                && rule.Intents.Any(pattern => IntentPattern.Fits(pattern, understanding.Intent.Value))));

    private static bool IsSure(Finding intent, PriorityPolicy policy) => intent.Confidence >= policy.MinimumConfidence;

    private static TicketPriority Move(TicketPriority priority, PriorityRule rule, TicketPriority raisesEndAt)
    {
        if (rule.AtLeast is { } least)
        {
            return priority < least ? least : priority;
        }

        if (rule.AtMost is { } most)
        {
            return priority > most ? most : priority;
        }

        var moved = (TicketPriority)Math.Clamp((int)priority + rule.Step, (int)TicketPriority.Low, (int)TicketPriority.Urgent);
        return rule.Step > 0 && moved > raisesEndAt ? (TicketPriority)Math.Max((int)priority, (int)raisesEndAt) : moved;
    }
}
