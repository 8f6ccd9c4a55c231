using System.Text.RegularExpressions;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Understanding;

/// <summary>
/// Which corrected tickets a model is shown beside a question: those most like it. A correction says where one intent ends and the next
/// begins, which helps with tickets at that border and with no others; a fixed or balanced choice would spend its tokens elsewhere.
/// </summary>
internal static partial class ExampleChoice
{
    /// <summary>So that the intent that is corrected most doesn't become the answer to everything.</summary>
    private const int MostOfIntent = 3;

    private const int MostTokensOfOne = 150;

    /// <summary>Less alike, two tickets share no more than a few everyday words.</summary>
    private const double LeastLikeness = 0.04;

    private const int FewestLetters = 3;

    /// <summary>Beginnings of words are compared, so that endings and the last parts of compounds don't matter.</summary>
    private const int MostLetters = 5;

    /// <param name="corrected">The newest first: of two that are equally alike the newer is shown.</param>
    /// <param name="tokens">For all of them together, by <see cref="TokenCount"/>.</param>
    /// <returns>The most alike last, next to the question. Empty where none is like it.</returns>
    public static IReadOnlyList<(Guid TriageId, string Text, string Intent)> Choose(
        CleanTicket ticket, IReadOnlyList<CorrectedTicket> corrected, Taxonomy taxonomy, int tokens)
    {
        var candidates = corrected
            .Where(one => taxonomy.FindIntent(one.Intent) is not null && one.Conversation.Warnings.Count == 0)
            .Select(one => (one.TriageId, Text: TicketExcerpt.Take(one.Conversation, MostTokensOfOne), one.Intent))
            .Select(one => (one.TriageId, one.Text, one.Intent, Words: WordsOf(one.Text)))
            .ToList();
        var asked = WordsOf(TicketExcerpt.Take(ticket, MostTokensOfOne));
        var weights = Weigh(candidates.Select(one => one.Words).Append(asked));
        var chosen = new List<(Guid TriageId, string Text, string Intent)>();
        var left = tokens;
        var likest = candidates.Select(one => (Example: one, Likeness: Likeness(asked, one.Words, weights)))
            .Where(one => one.Likeness >= LeastLikeness).OrderByDescending(one => one.Likeness);
        foreach (var one in likest.Select(one => one.Example))
        {
            var text = Anonymous(one.Text);
            var needed = TokensOf(text, one.Intent);

            // Looking for orders to software takes longest, so it comes last.
            if (needed <= left && chosen.Count(other => other.Intent == one.Intent) < MostOfIntent && IsHarmless(one.Text))
            {
                chosen.Add((one.TriageId, text, one.Intent));
                left -= needed;
            }
        }

        chosen.Reverse();
        return chosen;
    }

    /// <summary>A ticket as a model is shown it beside another, to the letter.</summary>
    public static string Show(CleanTicket conversation) =>
        ChatModel.Fence(new Redactor([]).Redact(Anonymous(TicketExcerpt.Take(conversation, MostTokensOfOne))));

    // As it is sent: each line with a mark, then the intent.
    private static int TokensOf(string text, string intent) =>
        TokenCount.Of(text) + PlainText.BreakLines(text).Count() + TokenCount.Of($"\nintent: {intent}\n\n");

    // What is known of orders to software may have grown since the ticket was read.
    private static bool IsHarmless(string text) =>
        !string.IsNullOrWhiteSpace(text) && !InstructionFinder.HasEverSuspected(text);

    /// <summary>
    /// Without what belongs to that customer alone: numbers of orders and the like, and the numbers of placeholders, which would be taken
    /// for the people of the ticket in question.
    /// </summary>
    private static string Anonymous(string text) => Number().Replace(Placeholder().Replace(text, "[${kind}]"), "[NUMBER]");

    private static HashSet<string> WordsOf(string text) =>
        [.. TicketWords.Split(Placeholder().Replace(text, " ")).Where(word => word.Length >= FewestLetters)
            .Select(word => word[..Math.Min(word.Length, MostLetters)])];

    /// <summary>Rare words say more: what stands in all texts weighs nearly nothing.</summary>
    private static Dictionary<string, double> Weigh(IEnumerable<HashSet<string>> texts)
    {
        var all = texts.ToList();
        return all.SelectMany(words => words).CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => Math.Log(1 + ((double)all.Count / word.Value)), StringComparer.Ordinal);
    }

    /// <summary>The cosine of two sets of weighed words, in [0, 1].</summary>
    private static double Likeness(HashSet<string> one, HashSet<string> other, Dictionary<string, double> weights)
    {
        double Length(IEnumerable<string> words) => words.Sum(word => weights[word] * weights[word]);

        var lengths = Length(one) * Length(other);
        return lengths > 0 ? Length(one.Where(other.Contains)) / Math.Sqrt(lengths) : 0;
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"\[(?<kind>[A-Z]{2,20})_[0-9]{1,5}\]", Options)]
    private static partial Regex Placeholder();

    [GeneratedRegex("(?:[A-Z0-9][A-Z0-9./-]*)?[0-9]{4}(?:[A-Z0-9./-]*[A-Z0-9])?", Options)]
    private static partial Regex Number();
}
