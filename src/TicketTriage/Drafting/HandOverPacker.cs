using System.Globalization;
using TicketTriage.Knowledge;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Drafting;

/// <summary>Packs what a person needs to take a ticket over.</summary>
public static class HandOverPacker
{
    /// <summary>An intent below this is a guess.</summary>
    private const double Unsure = 0.4;

    private const int MostMessages = 5;
    private const int MostOfMessage = 200;

    /// <param name="ticket">Redacted.</param>
    /// <param name="draft">As it will be shown: what stands against it is a reason too.</param>
    /// <param name="teamLanguage"><c>de</c>; any other gets English.</param>
    /// <returns><see langword="null"/> where nothing speaks for handing it over.</returns>
    public static HandOverPackage? Pack(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, ReplyDraft draft, string teamLanguage)
    {
        var reasons = ReasonsFor(ticket, understanding, taxonomy, draft).ToList();
        if (reasons.Count == 0)
        {
            return null;
        }

        var words = DraftWords.Of(teamLanguage);
        return new HandOverPackage
        {
            Because = reasons,
            Concern = understanding.Summary,
            History = HistoryOf(ticket, teamLanguage),
            Collected = understanding.Fields,
            Missing = understanding.Missing,
            Tried = [.. TriedFor(ticket, draft, words)],
            NextStep = words.StepFor(reasons[0]),
        };
    }

    /// <summary>What was written last, a line for each message, the newest at the end.</summary>
    /// <inheritdoc cref="Pack"/>
    public static IReadOnlyList<string> HistoryOf(CleanTicket ticket, string teamLanguage)
    {
        var words = DraftWords.Of(teamLanguage);
        return [.. ticket.Messages.TakeLast(MostMessages).Select(message => LineOf(message, words))];
    }

    private static IEnumerable<HandOverReason> ReasonsFor(
        CleanTicket ticket, TicketUnderstanding understanding, Taxonomy taxonomy, ReplyDraft draft)
    {
        var signals = understanding.Signals;
        var isAnswered = taxonomy.FindIntent(understanding.Intent.Value) is not { Reply.Count: 0 };
        (HandOverReason Reason, bool Holds)[] all =
        [
            (HandOverReason.AsksForPerson, signals.Contains(UrgencySignals.WantsPerson)),
            (HandOverReason.Suspicion, ticket.Warnings.Contains(TicketWarnings.Instructions)),
            (HandOverReason.HighStakes, signals.Any(signal =>
                signal is UrgencySignals.Legal or UrgencySignals.Fraud or UrgencySignals.Security)),
            (HandOverReason.Frustration, signals.Contains(UrgencySignals.Frustration)),
            (HandOverReason.PolicyConflict, draft.Blocked is not null),
            (HandOverReason.Unsure, understanding.Intent.Value == Finding.Unclear || understanding.Intent.Confidence < Unsure),
            (HandOverReason.MissingKnowledge, draft.Support == KnowledgeSupport.Nothing && isAnswered),
        ];
        return all.Where(reason => reason.Holds).Select(reason => reason.Reason);
    }

    // Helpdesks make links of addresses in notes, and a stranger's must lead nowhere from there.
    private static string LineOf(CleanMessage message, DraftWords words) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.At.UtcDateTime:yyyy-MM-dd}, {words.Author(message.IsFromCustomer, message.IsPublic)}: ")
        + PlainText.OneLine(message.IsFromCustomer ? WithoutLinks(message.Text) : message.Text, MostOfMessage);

    private static string WithoutLinks(string text) => ModelSummary.WithoutLinks(PlainText.OneLine(text, 3 * MostOfMessage));

    private static IEnumerable<string> TriedFor(CleanTicket ticket, ReplyDraft draft, DraftWords words)
    {
        if (ticket.Messages.Count(message => message is { IsFromCustomer: false, IsPublic: true }) is > 0 and var answers)
        {
            yield return words.Answered(answers);
        }

        if (draft.Support is KnowledgeSupport.Nothing or KnowledgeSupport.Found)
        {
            yield return words.Searched(draft.Citations.Count);
        }

        if (draft.Blocked is { } blocked)
        {
            yield return blocked;
        }
    }
}
