using System.Globalization;
using System.Text;

namespace TicketTriage.Knowledge;

/// <summary>Words as the search compares them: lower case, ä and ae the same, accents gone, digits kept.</summary>
internal static class SearchWords
{
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (letter == '\u0308' && word.Length > 0 && word[^1] is 'a' or 'o' or 'u')
            {
                word.Append('e');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }
            else if (letter == 'ß' || letter == 'ẞ')
            {
                word.Append("ss");
            }
            else if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>The words with single blanks between them: what the database indexes.</summary>
    public static string Folded(string text) => string.Join(' ', Of(text));
}
