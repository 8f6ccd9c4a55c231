using System.Numerics;
using System.Numerics.Tensors;

namespace TicketTriage.Knowledge;

/// <summary>
/// All passages as points, side by side, each coordinate rounded to a byte: half a kilobyte each, so that 20,000 take 10 MB. A search goes
/// through all of them, and its time is that of reading them from memory.
/// </summary>
internal sealed class PassagePoints
{
    private readonly PassageVector space;
    private readonly long[] ids;
    private readonly sbyte[] coordinates;

    /// <summary>What a coordinate of 1 stands for, for each passage.</summary>
    private readonly float[] scales;

    /// <param name="passages">With the whole text of each.</param>
    public PassagePoints(IReadOnlyCollection<(long Id, string Text)> passages)
    {
        space = PassageVector.Learn([.. passages.Select(passage => passage.Text)]);
        ids = [.. passages.Select(passage => passage.Id)];
        coordinates = new sbyte[passages.Count * PassageVector.Dimensions];
        scales = new float[passages.Count];
        foreach (var (place, (_, text)) in passages.Index())
        {
            scales[place] = Write(text, CoordinatesOf(place));
        }
    }

    /// <param name="most">How many at most.</param>
    /// <param name="mayBeRead">Told the place of a passage, whether it may be among them.</param>
    /// <returns>The nearest passages with the cosine of their vectors, nearest first; none with a cosine of 0 or less.</returns>
    public IReadOnlyList<(long Id, float Likeness)> Rank(string text, int most, Func<int, bool> mayBeRead)
    {
        var asked = new sbyte[PassageVector.Dimensions];
        var scale = Write(text, asked);
        var nearest = new PriorityQueue<long, float>();
        var least = 0f;
        for (var place = 0; place < ids.Length; place++)
        {
            var likeness = Dot(asked, CoordinatesOf(place)) * scale * scales[place];
            if (likeness > least && mayBeRead(place))
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

    private Span<sbyte> CoordinatesOf(int place) => coordinates.AsSpan(place * PassageVector.Dimensions, PassageVector.Dimensions);

    /// <returns>What a coordinate of 1 stands for.</returns>
    private float Write(string text, Span<sbyte> rounded)
    {
        Span<float> vector = stackalloc float[PassageVector.Dimensions];
        space.Write(text, vector);
        var unit = Math.Abs(vector[TensorPrimitives.IndexOfMaxMagnitude<float>(vector)]) / sbyte.MaxValue;
        for (var place = 0; place < vector.Length; place++)
        {
            rounded[place] = unit > 0 ? (sbyte)MathF.Round(vector[place] / unit) : (sbyte)0;
        }

        return unit;
    }

    // Two products of bytes fit into 16 bits, no more: 2 * 127 * 127 is 32,258.
    private static int Dot(ReadOnlySpan<sbyte> one, ReadOnlySpan<sbyte> other)
    {
        var sum = Vector<int>.Zero;
        for (var at = 0; at < PassageVector.Dimensions; at += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(one[at..]), out var oneLow, out var oneHigh);
            Vector.Widen(new Vector<sbyte>(other[at..]), out var otherLow, out var otherHigh);
            Vector.Widen((oneLow * otherLow) + (oneHigh * otherHigh), out var low, out var high);
            sum += low + high;
        }

        return Vector.Sum(sum);
    }
}
