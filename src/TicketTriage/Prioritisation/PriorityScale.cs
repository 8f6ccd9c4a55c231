using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Prioritisation;

/// <summary>Decides how soon a ticket needs a person, by the policy alone.</summary>
public static class PriorityScale
{
    /// <param name="circumstances">As they were when the ticket came; <see langword="null"/> where nobody knows.</param>
    public static PriorityChoice Rank(
        TicketUnderstanding understanding, CleanTicket ticket, PriorityPolicy policy, Circumstances? circumstances = null)
    {
        var (priority, reason) = Start(understanding.Intent, policy);
        var reasons = new List<string> { reason };
        var isSettled = false;
        foreach (var rule in policy.Rules.Where(rule =>
            Applies(rule, understanding, ticket, policy) && Applies(rule, circumstances)))
        {
            var moved = Move(priority, rule, policy.RaisesEndAt);
            if (moved != priority)
            {
                var detail = Detail(rule, understanding, circumstances);
                reasons.Add($"{(moved > priority ? "Raised" : "Lowered")} from {priority} to {moved}: {rule.Because}{detail}.");
            }

            isSettled = moved == (rule.AtLeast ?? rule.AtMost) || (isSettled && moved == priority);
            priority = moved;
        }

        return new PriorityChoice(priority, isSettled ? 1 : understanding.Intent.Confidence, reasons) { Circumstances = circumstances };
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
        && (rule.Without is null || !understanding.Signals.Contains(rule.Without))
        && (rule.Sentiment is null || rule.Sentiment == understanding.Sentiment.Value)
        && (rule.Tag is null || ticket.Tags.Contains(rule.Tag, StringComparer.OrdinalIgnoreCase))
        && (rule.Products.Count == 0
            || (IsSure(understanding.Product, policy) && rule.Products.Contains(understanding.Product.Value, StringComparer.Ordinal)))
        && (rule.Intents.Count == 0
            || (IsSure(understanding.Intent, policy)
                && rule.Intents.Any(pattern => IntentPattern.Fits(pattern, understanding.Intent.Value))));

    private static bool Applies(PriorityRule rule, Circumstances? circumstances) =>
        (rule.TicketsInWeek is not { } tickets || circumstances?.TicketsInWeek >= tickets)
        && (rule.PromiseUsed is not { } share || circumstances?.Promise?.Used >= share);

    private static string Detail(PriorityRule rule, TicketUnderstanding understanding, Circumstances? circumstances)
    {
        var known = new List<string>();
        if (rule.Products.Count > 0)
        {
            known.Add(understanding.Product.Value);
        }

        if (rule.TicketsInWeek is not null)
        {
            known.Add($"{circumstances?.TicketsInWeek} tickets in seven days");
        }

        if (rule.PromiseUsed is not null && circumstances?.Promise is { } promise)
        {
            known.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{promise.Name}, {(promise.Used < 1 ? "due" : "was due")} at {promise.DueAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        }

        return known.Count == 0 ? "" : $" ({string.Join("; ", known)})";
    }

    private static bool IsSure(Finding finding, PriorityPolicy policy) => finding.Confidence >= policy.MinimumConfidence;

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
