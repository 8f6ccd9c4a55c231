using TicketTriage.Drafting;

namespace TicketTriage.WriteBack;

/// <summary>The hand-over package as a part of a note.</summary>
public static class HandOverPart
{
    /// <param name="restore">Puts the values back where the package has placeholders.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    public static string Write(HandOverPackage package, Func<string, string> restore, string language, bool canFold)
    {
        var (words, texts) = (NoteWords.Of(language), DraftWords.Of(language));
        return NoteMarkup.List(words.HandOver, [.. package.Because.Select(texts.Because), $"{words.Suggestion}: {package.NextStep}"], words.More)
            + NoteMarkup.List(words.Tried, package.Tried, words.More)
            + History(package.History, restore, language, canFold);
    }

    /// <param name="lines">A line for each message.</param>
    /// <inheritdoc cref="Write"/>
    /// <returns>Empty where nobody has written.</returns>
    public static string History(IReadOnlyList<string> lines, Func<string, string> restore, string language, bool canFold) => lines.Count == 0
        ? ""
        : NoteMarkup.Part(
            NoteWords.Of(language).History, $"<ul>{string.Concat(lines.Select(line => NoteMarkup.Item(restore(line))))}</ul>", canFold);
}
