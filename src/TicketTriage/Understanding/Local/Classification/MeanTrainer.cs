using System.Runtime.CompilerServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// Learns a <see cref="MeanModel"/> by gradient descent whose steps shrink for what has moved much (AdaGrad, one number for each point and
/// direction). The same input and seed give the same model.
/// </summary>
internal sealed class MeanTrainer
{
    /// <summary>What a class may be off by without being moved: with many classes almost all of them are.</summary>
    private const float LeastMiss = 1e-4f;

    private readonly Examples examples;
    private readonly MeanOptions options;
    private readonly Random chance;
    private readonly MeanModel model;
    private readonly float[] movedPoint;
    private readonly float[] movedDirection;
    private readonly float[] place;
    private readonly float[] back;
    private readonly float[] chances;
    private int[] kept = new int[1024];
    private float[] keptValues = new float[1024];

    private MeanTrainer(Examples examples, MeanOptions options, int seed)
    {
        this.examples = examples;
        this.options = options;
        chance = new Random(seed);
        model = new MeanModel(examples.Classes, examples.Features, options.Dimensions);
        movedPoint = new float[examples.Features];
        movedDirection = new float[examples.Classes];
        place = new float[options.Dimensions];
        back = new float[options.Dimensions];
        chances = new float[examples.Classes];
    }

    public static MeanModel Train(Examples examples, MeanOptions options, int seed, CancellationToken cancellationToken) =>
        new MeanTrainer(examples, options, seed).Train(cancellationToken);

    private MeanModel Train(CancellationToken cancellationToken)
    {
        var reach = 2 / MathF.Sqrt(options.Dimensions);
        foreach (ref var coordinate in model.Points)
        {
            coordinate = (chance.NextSingle() - 0.5f) * reach;
        }

        const float MovedAtFirst = 1e-4f;
        Array.Fill(movedPoint, MovedAtFirst);
        Array.Fill(movedDirection, MovedAtFirst);
        var order = examples.Members.Where(row => examples.Labels[row] != Examples.Outside).ToArray();
        for (var pass = 0; pass < options.Passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chance.Shuffle(order);
            var rate = options.Rate * (1 - (0.9f * pass / options.Passes));
            foreach (var row in order)
            {
                Learn(row, rate);
            }
        }

        return model;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Learn(int number, float rate)
    {
        var count = PlaceSome(examples.Rows[number]);
        GuessChances();
        var label = examples.Labels[number];
        Array.Clear(back);
        var length = (Lanes.Dot(place, place) / place.Length) + 1e-6f;
        for (var ofClass = 0; ofClass < chances.Length; ofClass++)
        {
            var miss = (chances[ofClass] - (ofClass == label ? 1 : 0)) * examples.Weights[number];
            if (MathF.Abs(miss) < LeastMiss)
            {
                continue;
            }

            var direction = model.DirectionOf(ofClass);
            Lanes.Add(miss, direction, back);
            movedDirection[ofClass] += miss * miss * length;
            var step = rate / MathF.Sqrt(movedDirection[ofClass]) * miss;
            Lanes.Add(-step, place, direction);
            model.Biases[ofClass] -= step * 0.1f;
        }

        length = Lanes.Dot(back, back) / back.Length;
        for (var at = 0; at < count; at++)
        {
            var feature = kept[at];
            var value = keptValues[at];
            movedPoint[feature] += value * value * length;
            Lanes.Add(-rate / MathF.Sqrt(movedPoint[feature]) * value, back, model.PointOf(feature));
        }
    }

    /// <summary>Places the text by those of its pieces that chance keeps.</summary>
    /// <returns>How many were kept.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PlaceSome(FeatureRow row)
    {
        if (kept.Length < row.Count)
        {
            kept = new int[row.Count * 2];
            keptValues = new float[row.Count * 2];
        }

        var count = 0;
        Array.Clear(place);
        for (var at = 0; at < row.Count; at++)
        {
            if (chance.NextSingle() < options.Dropout)
            {
                continue;
            }

            kept[count] = row.Numbers[at];
            keptValues[count] = row.Values[at] / (1 - options.Dropout);
            Lanes.Add(keptValues[count], model.PointOf(kept[count]), place);
            count++;
        }

        return count;
    }

    private void GuessChances()
    {
        var top = float.MinValue;
        for (var ofClass = 0; ofClass < chances.Length; ofClass++)
        {
            chances[ofClass] = model.Biases[ofClass] + Lanes.Dot(place, model.DirectionOf(ofClass));
            top = MathF.Max(top, chances[ofClass]);
        }

        var sum = 0f;
        foreach (ref var score in chances.AsSpan())
        {
            score = MathF.Exp(score - top);
            sum += score;
        }

        foreach (ref var score in chances.AsSpan())
        {
            score /= sum;
        }
    }
}
