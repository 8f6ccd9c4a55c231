using System.Globalization;
using System.Text;
using TicketTriage.Reading;

namespace TicketTriage.Knowledge;

/// <summary>
/// Drafts the article that a gap asks for, as a file that a folder of articles can hold: what customers ask stands there, what agents answered
/// and what the team's knowledge has near it; the answer is the owner's to write. Only agents find it until somebody says otherwise.
/// </summary>
public static class ArticleSkeleton
{
    private const int MostQuestions = 8;
    private const int MostOfQuestion = 240;
    private const int MostAnswers = 5;
    private const int MostOfAnswer = 1_200;
    private const int MostOfPassage = 600;
    private const int MostOfName = 60;

    private static readonly TimeSpan UntilReview = TimeSpan.FromDays(180);

    /// <param name="needs">What an answer needs of the customer, as people ask for it.</param>
    /// <param name="material">What there is to write it from.</param>
    /// <param name="now">The review date follows from it.</param>
    public static string Write(KnowledgeGap gap, IReadOnlyList<string> needs, GapMaterial material, DateTimeOffset now)
    {
        var isGerman = gap.Language == "de";
        var text = new StringBuilder();
        text.Append("---\ntitle: ").Append(OnOneLine(gap.Title, MostOfQuestion)).Append('\n');
        if (gap.Language.Length == 2)
        {
            text.Append("language: ").Append(gap.Language).Append('\n');
        }

        text.Append("audience: agents\nowner:\n");
        text.Append(CultureInfo.InvariantCulture, $"review: {(now + UntilReview).UtcDateTime:yyyy-MM-dd}\n---\n");
        text.Append("# ").Append(OnOneLine(gap.Title, MostOfQuestion)).Append("\n\n");
        AppendAnswer(text, material, isGerman);
        if (needs.Count > 0)
        {
            text.Append(isGerman ? "\n## Was wir dafür brauchen\n\n" : "\n## What we need for it\n\n");
            Append(text, needs.Select(need => OnOneLine(need, MostOfQuestion)));
        }

        text.Append(isGerman ? "\n## So wird gefragt" : "\n## How it is asked");
        text.Append(CultureInfo.InvariantCulture, $" ({gap.Count} tickets, {gap.FirstAskedAt.UtcDateTime:yyyy-MM-dd} – {gap.LastAskedAt.UtcDateTime:yyyy-MM-dd})\n\n");
        Append(text, gap.Questions.Take(MostQuestions).Select(question => OnOneLine(
            question.Summary.Length > 0 ? question.Summary : question.Subject, MostOfQuestion)));
        AppendMaterial(text, material, isGerman);
        return text.ToString();
    }

    /// <summary>Made of the question's letters, for a file system of any kind.</summary>
    public static string FileNameOf(string title)
    {
        var name = string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        name = name.Length == 0 ? "question" : name;
        return $"{(name.Length <= MostOfName ? name : name[..MostOfName])}.md";
    }

    private static void AppendAnswer(StringBuilder text, GapMaterial material, bool isGerman)
    {
        text.Append(isGerman ? "## Antwort\n\n" : "## Answer\n\n");
        if (material.Phrased.Count == 0)
        {
            text.Append(isGerman ? "Noch zu schreiben.\n" : "To be written.\n");
            return;
        }

        foreach (var sentence in material.Phrased)
        {
            var doubt = !sentence.IsDoubtful ? "" : isGerman ? " (mit der Quelle vergleichen)" : " (compare with the source)";
            text.Append(CultureInfo.InvariantCulture, $"{OnOneLine(sentence.Text, MostOfPassage)} [{sentence.Source}]{doubt}\n");
        }

        var model = OnOneLine(material.Model, MostOfQuestion);
        text.Append(isGerman
            ? $"\nVom Modell {model} allein aus den Passagen unten formuliert; was fehlt, ist noch zu schreiben.\n"
            : $"\nPhrased by the model {model} from the passages below alone; what is missing is still to be written.\n");
    }

    private static void AppendMaterial(StringBuilder text, GapMaterial material, bool isGerman)
    {
        if (material.Answers.Count > 0)
        {
            text.Append(isGerman ? "\n## Was Agenten geantwortet haben\n\n" : "\n## What agents answered\n\n");
            Append(text, material.Answers.Take(MostAnswers).Select(answer => string.Create(
                CultureInfo.InvariantCulture, $"Ticket {answer.Ticket}, {answer.At.UtcDateTime:yyyy-MM-dd}: {OnOneLine(answer.Text, MostOfAnswer)}")));
        }

        if (material.Passages.Count > 0)
        {
            text.Append(isGerman ? "\n## Was Ihr Wissen Ähnliches hat\n\n" : "\n## What your knowledge has near it\n\n");
            Append(text, material.Passages.Select((passage, place) => Describe(passage, place + 1, isGerman)));
        }
    }

    private static string Describe(Passage passage, int number, bool isGerman)
    {
        var title = OnOneLine(passage.Title, MostOfQuestion);
        var heading = passage.Heading.Length == 0 || passage.Heading == passage.Title ? "" : $", {OnOneLine(passage.Heading, MostOfQuestion)}";
        var audience = passage.Audience != KnowledgeAudience.Agents ? "" : isGerman ? ", nur für Agenten" : ", for agents only";
        var address = passage.Address is { } link ? $", {OnOneLine(link.AbsoluteUri, MostOfPassage)}" : "";
        var where = $"{OnOneLine(passage.Source, MostOfQuestion)}{audience}{address}";
        return string.Create(CultureInfo.InvariantCulture, $"[{number}] {title}{heading} ({where}): {OnOneLine(passage.Text, MostOfPassage)}");
    }

    private static void Append(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append("- ").Append(line).Append('\n');
        }
    }

    // What others have written must stay text in Markdown: no link, picture or tag of theirs.
    private static string OnOneLine(string text, int most) => PlainText.OneLine(text, most)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("![", "!\\[", StringComparison.Ordinal).Replace("](", "]\\(", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal);
}
