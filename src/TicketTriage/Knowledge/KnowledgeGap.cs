using TicketTriage.Reading;

namespace TicketTriage.Knowledge;

/// <summary>Questions that are alike and that nothing answers.</summary>
/// <param name="Questions">The one in the middle of the others first; the rest latest first.</param>
public sealed record KnowledgeGap(IReadOnlyList<UnansweredQuestion> Questions)
{
    private const int MostOfTitle = 120;

    public int Count => Questions.Count;

    public string Language => Questions[0].Language;

    /// <summary>The most common intent.</summary>
    public string Intent => Questions.CountBy(question => question.Intent).MaxBy(intent => intent.Value).Key;

    public DateTimeOffset FirstAskedAt => Questions.Min(question => question.AskedAt);

    public DateTimeOffset LastAskedAt => Questions.Max(question => question.AskedAt);

    public string Title => PlainText.OneLine(
        Questions[0].Subject.Length > 0 ? Questions[0].Subject : Questions[0].Summary, MostOfTitle);

    /// <summary>
    /// Groups questions that are alike on average. Questions of two languages stay apart, since their words can't be compared.
    /// </summary>
    /// <param name="least">
    /// The least likeness: a cosine, and a little more where the intents are one. Lower makes fewer and larger groups. At the default 93 of 100
    /// pairs that stand together belong together, and 78 of 100 that belong together do so, in the set of tests/knowledge.
    /// </param>
    /// <returns>The largest first.</returns>
    public static IReadOnlyList<KnowledgeGap> Group(IReadOnlyList<UnansweredQuestion> questions, double least = 0.17)
    {
        var gaps = new List<KnowledgeGap>();
        foreach (var ofLanguage in questions.GroupBy(question => question.Language, StringComparer.Ordinal))
        {
            UnansweredQuestion[] own =
                [.. ofLanguage.OrderByDescending(question => question.AskedAt).ThenBy(question => $"{question.Ticket}", StringComparer.Ordinal)];
            var likeness = QuestionLikeness.Compare(own);
            gaps.AddRange(AverageLinkage.Group(likeness, (float)least).Select(group => Of(group, own, likeness)));
        }

        return [.. gaps.OrderByDescending(gap => gap.Count).ThenByDescending(gap => gap.LastAskedAt)];
    }

    private static KnowledgeGap Of(IReadOnlyList<int> group, UnansweredQuestion[] questions, float[,] likeness)
    {
        var middle = group.MaxBy(one => group.Sum(other => likeness[one, other]));
        return new KnowledgeGap([questions[middle], .. group.Where(one => one != middle).Order().Select(one => questions[one])]);
    }
}
