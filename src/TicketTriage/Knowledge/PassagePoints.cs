using System.Numerics.Tensors;

namespace TicketTriage.Knowledge;

/// <summary>All passages as points, side by side: 2 kB each, so that 20,000 take 40 MB.</summary>
internal sealed class PassagePoints
{
    private readonly PassageVector space;
    private readonly long[] ids;
    private readonly float[] vectors;

    /// <param name="passages">With the whole text of each.</param>
    public PassagePoints(IReadOnlyCollection<(long Id, string Text)> passages)
    {
        space = PassageVector.Learn([.. passages.Select(passage => passage.Text)]);
        ids = [.. passages.Select(passage => passage.Id)];
        vectors = new float[passages.Count * PassageVector.Dimensions];
        foreach (var (place, (_, text)) in passages.Index())
        {
            space.Write(text, vectors.AsSpan(place * PassageVector.Dimensions, PassageVector.Dimensions));
        }
    }

    /// <param name="most">How many at most.</param>
    /// <returns>The nearest passages with the cosine of their vectors, nearest first; none with a cosine of 0 or less.</returns>
    public IReadOnlyList<(long Id, float Likeness)> Rank(string text, int most)
    {
        var asked = new float[PassageVector.Dimensions];
        space.Write(text, asked);
        var nearest = new PriorityQueue<long, float>();
        var least = 0f;
        for (var place = 0; place < ids.Length; place++)
        {
            var likeness = TensorPrimitives.Dot<float>(asked, vectors.AsSpan(place * PassageVector.Dimensions, PassageVector.Dimensions));
            if (likeness > least)
            {
                nearest.Enqueue(ids[place], likeness);
                if (nearest.Count > most)
                {
                    nearest.Dequeue();
                    nearest.TryPeek(out _, out least);
                }
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element)];
    }
}
