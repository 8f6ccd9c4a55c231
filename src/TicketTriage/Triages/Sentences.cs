using System.Text.RegularExpressions;

namespace TicketTriage.Triages;

/// <summary>
/// Sentences that were made in English with values in them, the reasons of decisions and what lints find, in German. They are kept and sent
/// as text; here it is found which sentence a text is, and its values are put into the German one. So old records read as new ones do.
/// </summary>
public sealed partial class Sentences
{
    /// <summary>A list of values in a part of a sentence is three deep.</summary>
    private const int Deepest = 4;

    private readonly Pattern[] patterns;

    /// <param name="texts">
    /// English to German, with <c>{0}</c>, <c>{1}</c> in the places of values; in the German <c>{0:German}</c> for a value that is said in
    /// German itself, <c>{0:German,}</c> and <c>{0:German;}</c> for a list of such.
    /// </param>
    public Sentences(IEnumerable<KeyValuePair<string, string>> texts) =>
        patterns = [.. texts.Select(text => new Pattern(Place().Split(text.Key), text.Value)).OrderByDescending(pattern => pattern.Letters)];

    /// <returns>The text itself where it is no known sentence.</returns>
    public string Say(string english) => Say(english, 0);

    private string Say(string english, int depth)
    {
        if (depth > Deepest)
        {
            return english;
        }

        foreach (var pattern in patterns)
        {
            if (pattern.FindValues(english) is { } values)
            {
                return Place().Replace(pattern.German, place => Fill(values[place.ValueSpan[1] - '0'], place.Value[2..^1], depth + 1));
            }
        }

        return english;
    }

    private string Fill(string value, string how, int depth) => how switch
    {
        ":German" => Say(value, depth),
        ":German," => string.Join(", ", value.Split(", ").Select(one => Say(one, depth))),
        ":German;" => string.Join("; ", value.Split("; ").Select(one => Say(one, depth))),
        _ => value,
    };

    [GeneratedRegex(@"\{[0-9](?::German[,;]?)?\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    /// <param name="Pieces">What stands between the values, before the first and after the last.</param>
    private sealed record Pattern(string[] Pieces, string German)
    {
        /// <summary>The more of its own, the less a sentence fits by chance.</summary>
        public int Letters => Pieces.Sum(piece => piece.Length);

        public List<string>? FindValues(string text)
        {
            if (Pieces is [var whole])
            {
                return text == whole ? [] : null;
            }

            if (!text.StartsWith(Pieces[0], StringComparison.Ordinal) || !text.EndsWith(Pieces[^1], StringComparison.Ordinal))
            {
                return null;
            }

            var (at, values) = (Pieces[0].Length, new List<string>());
            for (var next = 1; next < Pieces.Length; next++)
            {
                var end = next == Pieces.Length - 1
                    ? text.Length - Pieces[next].Length
                    : text.IndexOf(Pieces[next], Math.Min(at, text.Length), StringComparison.Ordinal);
                if (end < at)
                {
                    return null;
                }

                values.Add(text[at..end]);
                at = end + Pieces[next].Length;
            }

            return values;
        }
    }
}
