using System.Text;

namespace TicketTriage.Host.Pages;

/// <summary>
/// Several values in one field of a form, with commas or line ends between them. A value that has such in itself stands in quotation marks,
/// two of them for each of its own, so that every list reads back as it was written.
/// </summary>
internal static class ValueList
{
    private const char Quote = '"';

    public static string Join(IEnumerable<string> values) => string.Join(", ", values.Select(Write));

    public static string[] Split(string text)
    {
        var values = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            string value;
            (value, at) = ReadQuoted(text, at) is (var quoted, var end) ? (quoted, end) : ReadPlain(text, at);
            if (value.Length > 0)
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    private static string Write(string value) =>
        value.Length > 0 && value[0] != Quote && !value.Any(IsBetween) && value.AsSpan().Trim().Length == value.Length
            ? value
            : $"{Quote}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}{Quote}";

    private static (string Value, int End) ReadPlain(string text, int from)
    {
        var end = from;
        while (end < text.Length && !IsBetween(text[end]))
        {
            end++;
        }

        return (text[from..end].Trim(), end);
    }

    /// <returns><see langword="null"/> where no quoted value stands there: a mark that nothing closes is a letter like others.</returns>
    private static (string Value, int End)? ReadQuoted(string text, int from)
    {
        var at = SkipSpace(text, from);
        if (at == text.Length || text[at] != Quote)
        {
            return null;
        }

        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != Quote)
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == Quote)
            {
                value.Append(text[at++]);
            }
            else
            {
                var end = SkipSpace(text, at + 1);
                return end == text.Length || IsBetween(text[end]) ? (value.ToString(), end) : null;
            }
        }

        return null;
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && !IsBetween(text[at]) && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBetween(char letter) => letter is ',' or '\n' or '\r';
}
