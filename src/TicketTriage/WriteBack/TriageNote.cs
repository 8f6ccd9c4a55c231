using System.Globalization;
using System.Text.RegularExpressions;
using TicketTriage.Drafting;
using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.WriteBack;

/// <summary>
/// The private note: concern, why, what is missing, next steps, draft. Every text is encoded; the only markup is what
/// <see cref="NoteMarkup"/> makes. The last line carries the triage's id, by which the note is found again.
/// </summary>
public static partial class TriageNote
{
    /// <summary>In UTF-8: agents read it in a narrow column, and helpdesks cut long ones.</summary>
    public const int MostBytes = 10_000;

    /// <summary>The most that is kept free for the draft and what is to be checked in it; other parts give way to them.</summary>
    private const int BytesForDraft = 6_500;

    private const int MostOfSummary = 1_500;
    private const int MostOfAddress = 500;

    /// <param name="kept">What was left as a person wanted it; in English, as the reasons are, and said in the team's language.</param>
    /// <param name="restore">Puts the values back where the record has placeholders.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    /// <param name="taxonomy">Knows what people call intents and fields.</param>
    /// <param name="links">Where agents say what the note was worth; <see langword="null"/> where nobody could open them.</param>
    /// <param name="canFold">The helpdesk keeps parts that open with a click.</param>
    public static string Write(
        Triage triage, IReadOnlyList<string> kept, Func<string, string> restore, string language, Taxonomy taxonomy,
        NoteLinks? links = null, bool canFold = false)
    {
        var words = NoteWords.Of(language);
        var end = Feedback(words, links) + NoteMarkup.LastLine(triage.Id, triage.Versions.Provider);
        var room = MostBytes - NoteMarkup.BytesOf(end) - NoteMarkup.BytesOf(Draft(words, triage, restore, BytesForDraft));
        var note = Fit([.. Parts(triage, kept, restore, language, taxonomy, canFold)], room, words);
        note += Draft(words, triage, restore, MostBytes - NoteMarkup.BytesOf(note + end));
        return note + end;
    }

    /// <summary>The summary for a field of plain text.</summary>
    public static string SummaryText(Triage triage, Func<string, string> restore) =>
        NoteMarkup.Cut(restore(triage.Understanding.Summary), MostOfSummary);

    /// <summary>The summary for where a helpdesk shows one.</summary>
    public static string SummaryHtml(Triage triage, Func<string, string> restore) =>
        NoteMarkup.Paragraph(restore(triage.Understanding.Summary), MostOfSummary);

    /// <param name="Weight">The lightest is left out first where the note grows too long.</param>
    /// <param name="Name">By which it is named then.</param>
    private readonly record struct NotePart(int Weight, string Name, string Markup);

    private static IEnumerable<NotePart> Parts(
        Triage triage, IReadOnlyList<string> kept, Func<string, string> restore, string language, Taxonomy taxonomy, bool canFold)
    {
        var words = NoteWords.Of(language);
        var title = taxonomy.TitleOfIntent(triage.Understanding.Intent.Value, language);
        if (triage.Draft.HandOver is { } package)
        {
            yield return new NotePart(7, words.HandOver, HandOverPart.Write(package, restore, language, canFold));
        }

        var heading = triage.Understanding.Provider == Understander.Local ? words.SummaryInOwnWords : words.Summary;
        yield return new NotePart(10, heading, NoteMarkup.Heading(heading) + SummaryHtml(triage, restore));
        if (triage is { Draft.HandOver: null, Conversation.Messages.Count: > 1 })
        {
            yield return new NotePart(5, words.History, HandOverPart.History(HandOverPacker.HistoryOf(triage.Conversation, language), restore, language, canFold));
        }

        yield return new NotePart(9, words.Warnings, NoteMarkup.List(words.Warnings, [.. Warnings(triage, words, title)], words.More));
        yield return new NotePart(3, words.Why, NoteMarkup.Part(words.Why, Reasons(words, triage, title), canFold));
        yield return new NotePart(2, words.Kept, NoteMarkup.List(words.Kept, [.. kept.Select(words.Say)], words.More));
        yield return new NotePart(4, words.Details, FieldParts.Known(triage.Understanding.Fields, restore, language, taxonomy));
        yield return new NotePart(6, words.Missing, FieldParts.Missing(triage.Understanding.Missing, language, taxonomy));
        yield return new NotePart(8, words.NextSteps, NoteMarkup.List(words.NextSteps, triage.Draft.NextSteps, words.More));
        yield return new NotePart(5, words.Sources, Sources(words, triage.Draft.Citations, canFold));
    }

    private static IEnumerable<string> Warnings(Triage triage, NoteWords words, string? title)
    {
        var warnings = triage.Conversation.Warnings.Select(words.Warn);
        return triage.Understanding.Risk == IntentRisk.High
            ? warnings.Append(words.HighRisk(title ?? triage.Understanding.Intent.Value))
            : warnings;
    }

    /// <summary>As many parts as there is room for; what had to go is named.</summary>
    private static string Fit(List<NotePart> parts, int room, NoteWords words)
    {
        var gone = new List<string>();
        string Joined() => string.Concat(parts.Select(part => part.Markup))
            + (gone.Count == 0 ? "" : NoteMarkup.Paragraph(words.LeftOut(gone), room));
        while (NoteMarkup.BytesOf(Joined()) > room && parts.Count > 1)
        {
            var lightest = parts.MinBy(part => part.Weight);
            parts.Remove(lightest);
            if (lightest.Markup.Length > 0)
            {
                gone.Add(lightest.Name);
            }
        }

        return Joined();
    }

    /// <param name="title">What people call the intent.</param>
    private static string Reasons(NoteWords words, Triage triage, string? title)
    {
        var understanding = triage.Understanding;
        List<string> items =
        [
            Found(words, words.Intent, understanding.Intent, title),
            $"{words.Priority}: {words.Say($"{triage.Priority.Value}")} — {Joined(words, triage.Priority.Reasons)}",
            $"{words.Group}: {triage.Route.Group} — {Joined(words, triage.Route.Reasons)}",
            Found(words, words.Sentiment, understanding.Sentiment, words.Feeling(understanding)),
            Found(words, words.Language, understanding.Language),
        ];
        if (understanding.Product.Value != Finding.Unclear)
        {
            items.Add(Found(words, words.Product, understanding.Product));
        }

        return $"<ul>{string.Concat(items.Select(NoteMarkup.Item))}</ul>";
    }

    private static string Sources(NoteWords words, IReadOnlyList<Citation> citations, bool canFold) => citations.Count == 0
        ? ""
        : NoteMarkup.Part(
            words.Sources,
            $"<ul>{string.Concat(citations.Take(NoteMarkup.MostItems).Select(citation => Source(words, citation)))}</ul>",
            canFold);

    // Addresses come from the team's own articles; only web addresses become links.
    private static string Source(NoteWords words, Citation citation)
    {
        var address = citation.Address is { Length: <= MostOfAddress } some ? some : null;
        var title = NoteMarkup.Link(address, NoteMarkup.Cut(citation.Title, 120));
        var mark = citation.IsForAgents ? $" ({words.ForAgents})" : "";
        var text = NoteMarkup.Encoded(NoteMarkup.Cut(citation.Text, 280));
        return $"<li>[{citation.Number.ToString(CultureInfo.InvariantCulture)}] {title}{mark}: {text}</li>";
    }

    /// <summary>The draft and below it what is to be looked at. Neither is ever left out: of both, what there is no room for is named.</summary>
    private static string Draft(NoteWords words, Triage triage, Func<string, string> restore, int room)
    {
        var draft = triage.Draft;
        var toCheck = draft.Blocked is null ? draft.Remarks : [draft.Blocked, .. draft.Remarks];
        if (draft.Text.Length == 0)
        {
            return NoteMarkup.List(words.Remarks, toCheck, words.More, room);
        }

        var heading = NoteMarkup.Heading(words.Draft(draft.Origin));
        var remarks = NoteMarkup.List(words.Remarks, toCheck, words.More, room / 4);
        var left = room - NoteMarkup.BytesOf(heading + remarks) - "<blockquote></blockquote>".Length;
        return $"{heading}<blockquote>{NoteMarkup.EncodedEnds(restore(draft.Text), left, words.Gap)}</blockquote>{remarks}";
    }

    private static string Feedback(NoteWords words, NoteLinks? links) => links is null
        ? ""
        : $"<p>{words.Question} {NoteMarkup.Link(links.Useful.AbsoluteUri, words.Useful)}"
            + $" · {NoteMarkup.Link(links.NotUseful.AbsoluteUri, words.NotUseful)}</p>";

    /// <summary>
    /// Whose note a text is, by its last line: helpdesks keep that whatever they do to the markup. What comes before may be a customer's.
    /// </summary>
    /// <returns>The triage; <see langword="null"/> where it is another note.</returns>
    public static Guid? FindTriage(string note) =>
        LastLine().Match(note) is { Success: true } line ? Guid.ParseExact(line.Groups["triage"].ValueSpan, "N") : null;

    /// <summary>Whether this service wrote a text: a triage, an escalation, a reminder; all end alike.</summary>
    public static bool IsOurs(string note) => AnyLastLine().IsMatch(note);

    [GeneratedRegex("TicketTriage · ([^·<>\\r\\n]{1,60} · )?[0-9a-f]{32}", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AnyLastLine();

    [GeneratedRegex("TicketTriage · [^·<>\\r\\n]{1,60} · (?<triage>[0-9a-f]{32})", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LastLine();

    private static string Found(NoteWords words, string word, Finding finding, string? more = null) =>
        $"{word}: {words.Say(finding.Value)}{(more is null ? "" : $", {more}")}"
        + $" ({finding.Confidence.ToString("P0", CultureInfo.InvariantCulture)}) — {Joined(words, finding.Reasons)}";

    private static string Joined(NoteWords words, IReadOnlyList<string> reasons) => string.Join(" ", reasons.Take(3).Select(words.Say));
}
