using System.Numerics.Tensors;
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
    /// Groups questions by likeness: each joins the group that it is nearest to, where that is near enough, else it begins one. Questions of
    /// two languages stay apart, since their words can't be compared.
    /// </summary>
    /// <param name="least">The least cosine to a group's middle; 0 to 1.</param>
    /// <returns>The largest first.</returns>
    public static IReadOnlyList<KnowledgeGap> Group(IReadOnlyList<UnansweredQuestion> questions, double least = 0.25)
    {
        var space = PassageVector.Learn([.. questions.Select(question => question.Text)]);
        var groups = new List<Cluster>();
        foreach (var question in questions.OrderBy(question => question.AskedAt).ThenBy(question => $"{question.Ticket}", StringComparer.Ordinal))
        {
            var vector = new float[PassageVector.Dimensions];
            space.Write(question.Text, vector);
            var nearest = groups.Where(group => group.Language == question.Language).MaxBy(group => group.LikenessOf(vector));
            if (nearest is not null && nearest.LikenessOf(vector) >= least)
            {
                nearest.Add(question, vector);
            }
            else
            {
                groups.Add(new Cluster(question, vector));
            }
        }

        return [.. groups.Select(group => group.ToGap()).OrderByDescending(gap => gap.Count).ThenByDescending(gap => gap.LastAskedAt)];
    }

    private sealed class Cluster
    {
        private readonly List<(UnansweredQuestion Question, float[] Vector)> members = [];
        private readonly float[] sum = new float[PassageVector.Dimensions];

        public Cluster(UnansweredQuestion first, float[] vector)
        {
            Language = first.Language;
            Add(first, vector);
        }

        public string Language { get; }

        public double LikenessOf(float[] vector)
        {
            var length = TensorPrimitives.Norm<float>(sum);
            return length > 0 ? TensorPrimitives.Dot<float>(sum, vector) / length : 0;
        }

        public void Add(UnansweredQuestion question, float[] vector)
        {
            members.Add((question, vector));
            TensorPrimitives.Add(sum, vector, sum);
        }

        public KnowledgeGap ToGap()
        {
            var (middle, _) = members.MaxBy(member => LikenessOf(member.Vector));
            return new KnowledgeGap(
            [
                middle,
                .. members.Select(member => member.Question).Where(question => question != middle).OrderByDescending(question => question.AskedAt),
            ]);
        }
    }
}
