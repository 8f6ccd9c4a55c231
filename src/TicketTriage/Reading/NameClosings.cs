using System.Collections.Frozen;

namespace TicketTriage.Reading;

/// <summary>How people end a message before their name.</summary>
internal static class NameClosings
{
    private static readonly FrozenSet<string> LastWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "gruessen", "gruss", "gruesse", "mfg", "vg", "lg", "vlg", "bg", "regards", "sincerely", "faithfully", "truly", "wishes", "cheers",
        "rgds", "hochachtungsvoll", "cordialement", "saludos", "saluti", "groet", "groeten", "atenciosamente", "pozdrawiam", "dank",
        "thanks", "danke", "you", "yours", "gruessle");

    /// <summary>True where this word ends a closing, and a new line or a comma follows.</summary>
    public static bool Ends(WordsOfText words, int word)
    {
        if (!LastWords.Contains(words[word].Folded))
        {
            return false;
        }

        var gap = words.After(word);
        var isNewLine = gap.Contains('\n');
        return words[word].Folded switch
        {
            "dank" or "danke" or "thanks" => isNewLine || gap is ", ",
            "you" or "yours" => isNewLine && words.Is(word - 1, "thank"),
            _ => isNewLine || gap is ", " or " " or "! ",
        };
    }
}
