using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>
/// How alike questions are: by the words and runs of letters that they share, the rare ones counting most, and a little by their intent,
/// which is known for each and right for most.
/// </summary>
internal static class QuestionLikeness
{
    /// <summary>What one intent for both adds to the cosine.</summary>
    private const float WorthOfIntent = 0.1f;

    /// <returns>For each pair the cosine of both texts, in [0, 1], and what their intents add to it.</returns>
    public static float[,] Compare(IReadOnlyList<UnansweredQuestion> questions)
    {
        var likeness = new float[questions.Count, questions.Count];
        var among = Math.Max(questions.Count, KnowledgeSearch.FewestPassages);
        var pieces = questions.Select(question => PassageVector.Pieces(question.Text).CountBy(piece => piece).ToDictionary()).ToList();
        var lengths = new double[questions.Count];
        var having = pieces.Index().SelectMany(one => one.Item.Select(piece => (piece.Key, Question: one.Index, Times: piece.Value)))
            .GroupBy(piece => piece.Key, piece => (piece.Question, piece.Times));
        foreach (var piece in having)
        {
            (int Question, double Weight)[] weights =
                [.. piece.Select(one => (one.Question, PassageVector.RarityOf(piece.Count(), among) * (1 + Math.Log(one.Times))))];
            foreach (var (place, (question, weight)) in weights.Index())
            {
                lengths[question] += weight * weight;
                foreach (var (other, otherWeight) in weights.AsSpan(0, place))
                {
                    likeness[question, other] += (float)(weight * otherWeight);
                }
            }
        }

        for (var one = 0; one < questions.Count; one++)
        {
            for (var other = 0; other < one; other++)
            {
                var cosine = likeness[one, other] / Math.Sqrt(Math.Max(lengths[one] * lengths[other], double.Epsilon));
                likeness[one, other] = (float)cosine + (HaveOneIntent(questions[one], questions[other]) ? WorthOfIntent : 0);
                likeness[other, one] = likeness[one, other];
            }
        }

        return likeness;
    }

    private static bool HaveOneIntent(UnansweredQuestion one, UnansweredQuestion other) =>
        one.Intent == other.Intent && one.Intent.Length > 0 && one.Intent != Finding.Unclear;
}
