using System.Security.Cryptography;
using System.Text;

namespace TicketTriage.Knowledge;

/// <summary>
/// A table of questions and answers as CSV (RFC 4180, with commas or semicolons). Its first row names the columns: question and answer,
/// and any of <see cref="ArticleHead"/>.
/// </summary>
internal static class QuestionTable
{
    /// <summary>Longer questions are told apart by what follows from their whole text.</summary>
    private const int MostOfKey = 200;

    /// <param name="Key">Of the question's words, so that rows may move: the second of the same words ends in #2.</param>
    public sealed record Row(string Key, ArticleHead Head, IReadOnlyList<ArticleSection> Sections);

    /// <param name="file">The file's name, for faults.</param>
    /// <param name="faults">Gets a sentence for each row that could not be read.</param>
    public static IReadOnlyList<Row> Read(string text, string file, List<string> faults)
    {
        var rows = Cells(text.TrimStart('\uFEFF')).ToList();
        if (rows.Count == 0)
        {
            faults.Add($"{file} is empty; a row with the names of the columns is expected.");
            return [];
        }

        var names = rows[0].Cells.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var (question, answer) = (names.IndexOf("question"), names.IndexOf("answer"));
        if (question < 0 || answer < 0)
        {
            faults.Add($"{file} has no columns question and answer in its first row; name them there.");
            return [];
        }

        var read = new List<Row>();
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, cells) in rows.Skip(1).Where(row => row.Cells.Any(cell => cell.Length > 0)))
        {
            if (cells.Count != names.Count)
            {
                faults.Add($"Line {line} of {file} has {cells.Count} cells instead of {names.Count} and was left out.");
                continue;
            }

            var head = new ArticleHead { Title = cells[question].Trim() };
            for (var column = 0; column < names.Count; column++)
            {
                head = column == question || column == answer ? head : head.With(names[column], cells[column]);
            }

            faults.AddRange(head.Faults.Select(fault => $"Line {line} of {file}: {fault}"));
            var key = KeyOf(cells[question]);
            var times = asked[key] = asked.GetValueOrDefault(key) + 1;
            read.Add(new Row(times == 1 ? key : $"{key}#{times}", head, ArticleMarkup.ReadText(cells[answer])));
        }

        return read;
    }

    private static string KeyOf(string question)
    {
        var words = SearchWords.Folded(question);
        return words.Length <= MostOfKey
            ? words
            : $"{words[..MostOfKey]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..12]}";
    }

    private static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Cells(string text)
    {
        var separator = SeparatorOf(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begunAt, quoted) = (1, 1, false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            line += letter == '\n' ? 1 : 0;
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (letter == '"' && (quoted || cell.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && letter == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (!quoted && letter == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                yield return (begunAt, cells);
                (cells, begunAt) = ([], line);
            }
            else if (quoted || letter != '\r')
            {
                cell.Append(letter);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(cell.ToString());
            yield return (begunAt, cells);
        }
    }

    private static char SeparatorOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        return head.Count(letter => letter == ';') > head.Count(letter => letter == ',') ? ';' : ',';
    }
}
