using TicketTriage.Policies;

namespace TicketTriage.WriteBack;

/// <summary>The taxonomy's fields as parts of a note, called as people call them.</summary>
public static class FieldParts
{
    /// <param name="fields">What the ticket says of them, by name.</param>
    /// <param name="restore">Puts the values back where the record has placeholders.</param>
    /// <param name="language">The team's: <c>en</c> or <c>de</c>.</param>
    /// <returns>Empty where it says nothing; so is the next one's.</returns>
    public static string Known(
        IReadOnlyDictionary<string, string> fields, Func<string, string> restore, string language, Taxonomy taxonomy) =>
        NoteMarkup.List(
            NoteWords.Of(language).Details,
            [.. fields.Select(field => $"{taxonomy.TitleOfField(field.Key, language)}: {restore(field.Value)}")],
            NoteWords.Of(language).More);

    /// <param name="missing">Names of fields that an answer needs and the ticket lacks.</param>
    public static string Missing(IReadOnlyList<string> missing, string language, Taxonomy taxonomy) =>
        NoteMarkup.List(NoteWords.Of(language).Missing, [.. missing.Select(field => taxonomy.TitleOfField(field, language))], NoteWords.Of(language).More);
}
