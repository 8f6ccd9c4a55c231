using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>Reads a message that has no markup, and tidies lines of any.</summary>
internal static partial class PlainText
{
    /// <summary>The message's lines; what is quoted with <c>&gt;</c> is marked so.</summary>
    public static List<MessageLine> Read(string text)
    {
        // Zendesk writes embedded pictures as Markdown into its plain text.
        var withoutPictures = MarkdownPicture().Replace(
            text, picture => NameImage(picture.Groups["alt"].Value, picture.Groups["address"].Value));
        var withoutFiles = DataAddress().Replace(
            withoutPictures, file => file.Value.StartsWith("data:image", StringComparison.OrdinalIgnoreCase) ? "[image]" : "[file]");

        var lines = new List<MessageLine>();
        foreach (var line in BreakLines(withoutFiles))
        {
            var tidy = Tidy(line);
            var wasQuoted = lines.Count > 0 && lines[^1].IsQuoted;
            lines.Add(new MessageLine(tidy, IsQuote(tidy, wasQuoted)));
        }

        return lines;
    }

    /// <summary>The lines of a text, at every kind of line break that Unicode knows.</summary>
    public static IEnumerable<string> BreakLines(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029'))
            {
                continue;
            }

            yield return text[start..at];
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0;
            start = at + 1;
        }

        yield return text[start..];
    }

    /// <summary>One line without what can't be seen, in one Unicode form, with single spaces between words and none around them.</summary>
    public static string Tidy(string line)
    {
        var tidy = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.SpaceSeparator || rune.Value == '\t')
            {
                if (tidy.Length > 0 && tidy[^1] != ' ')
                {
                    tidy.Append(' ');
                }
            }
            else if (!IsInvisible(rune, category))
            {
                tidy.Append(rune);
            }
        }

        while (tidy.Length > 0 && tidy[^1] == ' ')
        {
            tidy.Length--;
        }

        var text = tidy.ToString();
        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    /// <summary>Many lines as one, such as a subject, cut to <paramref name="most"/> characters.</summary>
    public static string OneLine(string text, int most)
    {
        var line = Tidy(string.Join(' ', BreakLines(Cut(text, most * 2))));
        return line.Length <= most ? line : Cut(line, most - 1) + "…";
    }

    /// <summary>The beginning of a text, never ending within a character that takes two places.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        return char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
    }

    /// <summary>What stands in the text in place of a picture.</summary>
    public static string NameImage(string? alternative, string? address)
    {
        var name = OneLine(alternative ?? "", 80);
        if (name.Length == 0 && address is not null && !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            name = OneLine(NameInAddress(address), 80);
        }

        name = name.Replace('[', '(').Replace(']', ')');
        return name.Length == 0 ? "[image]" : $"[image: {name}]";
    }

    private static string NameInAddress(string address)
    {
        if (address.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return address[4..].Split('@')[0];
        }

        var name = Uri.UnescapeDataString(Cut(address, 2_000).Split('?', '#')[0].Split('/')[^1]);
        return name.Contains('.', StringComparison.Ordinal) ? name : "";
    }

    private static bool IsQuote(string line, bool wasQuoted)
    {
        var said = line.TrimStart('>', ' ');

        // "> 3 pieces" is how people write "more than"; within a quotation it is one.
        return line.StartsWith('>') && (wasQuoted || said.Length == 0 || !char.IsAsciiDigit(said[0]));
    }

    // Controls, zero-width and direction marks, and the tag characters and variation selectors that can smuggle text past a reader.
    private static bool IsInvisible(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFD
        || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;

    [GeneratedRegex(@"!\[(?<alt>[^\]\n]{0,300})\]\((?<address>[^)\s]*)[^)\n]{0,300}\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MarkdownPicture();

    [GeneratedRegex(
        @"\bdata:[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}(;[a-z0-9=-]{1,60}){0,4},[A-Za-z0-9+/=%_-]*",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000)]
    private static partial Regex DataAddress();
}
