using System.Text;

namespace TicketTriage.Host.Tests.Pages;

/// <summary>The texts that stand in a C# file, each as the pieces between its values. Comments and attributes are left out.</summary>
internal static class SourceTexts
{
    public static IEnumerable<IReadOnlyList<string>> In(string source)
    {
        var lines = source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith('['));
        var (text, at, found) = (string.Join('\n', lines), 0, new List<IReadOnlyList<string>>());
        while ((at = text.IndexOf('"', at)) >= 0)
        {
            at = text[at - 1] == '\'' ? at + 1 : Read(text, at, found);
        }

        return found;
    }

    /// <param name="at">Of the quotation mark that begins it.</param>
    /// <returns>The place after it.</returns>
    private static int Read(string text, int at, List<IReadOnlyList<string>> found)
    {
        var (hasValues, isPlain) = (text[at - 1] == '$', text[at - 1] == '@');
        var (pieces, piece) = (new List<string>(), new StringBuilder());
        for (at++; text[at] != '"'; at++)
        {
            if (hasValues && text[at] == '{' && text[at + 1] != '{')
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                at = PassValue(text, at, found);
                continue;
            }

            // Braces stand double where values may, and a stroke is before a mark that is meant.
            at += (hasValues && text[at] is '{' or '}' && text[at + 1] == text[at]) || (!isPlain && text[at] == '\\') ? 1 : 0;
            piece.Append(text[at]);
        }

        pieces.Add(piece.ToString());
        found.Add([.. pieces.Where(one => one.Length > 0)]);
        return at + 1;
    }

    /// <returns>The place of the brace that ends the value; texts in it are found too.</returns>
    private static int PassValue(string text, int at, List<IReadOnlyList<string>> found)
    {
        var depth = 0;
        while (true)
        {
            switch (text[at])
            {
                case '{':
                    depth++;
                    at++;
                    break;
                case '}' when --depth == 0:
                    return at;
                case '"':
                    at = Read(text, at, found);
                    break;
                default:
                    at++;
                    break;
            }
        }
    }
}
