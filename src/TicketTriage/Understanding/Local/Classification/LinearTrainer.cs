using System.Runtime.CompilerServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// One class against the rest, a support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
/// The same input and seed give the same model, on however many threads.
/// </summary>
internal static class LinearTrainer
{
    public static LinearModel Train(Examples examples, TrainingOptions options, CancellationToken cancellationToken)
    {
        var model = new LinearModel(examples.Classes, examples.Features);
        var weightOfClass = new double[examples.Classes];
        foreach (var row in examples.Members.Where(row => examples.Labels[row] != Examples.Outside))
        {
            weightOfClass[examples.Labels[row]] += examples.Weights[row];
        }

        var lengths = new float[examples.Rows.Count];
        foreach (var row in examples.Members)
        {
            lengths[row] = 1 + SquaredLength(examples.Rows[row]);
        }

        Parallel.For(
            0,
            examples.Classes,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new float[examples.Features],
            (ofClass, _, weights) =>
            {
                Array.Clear(weights);
                var bias = TrainOne(examples, ofClass, lengths, weightOfClass, weights, options);
                model.Learn(ofClass, weights, bias);
                return weights;
            },
            _ => { });
        return model;
    }

    private static float TrainOne(
        Examples examples, int ofClass, float[] lengths, double[] weightOfClass, float[] weights, TrainingOptions options)
    {
        var all = weightOfClass.Sum();
        if (weightOfClass[ofClass] == 0)
        {
            return -1;
        }

        var slackOfClass = 0.5 / (options.Cost * Math.Pow(all / 2 / weightOfClass[ofClass], options.Balance));
        var slackOfRest = 0.5 / (options.Cost * Math.Pow(all / 2 / Math.Max(1, all - weightOfClass[ofClass]), options.Balance));
        var rows = examples.Rows;
        var bias = 0f;
        var pulls = new double[examples.Members.Length];
        var order = Enumerable.Range(0, examples.Members.Length).ToArray();
        var active = order.Length;
        var restAbove = double.PositiveInfinity;
        var chance = new Random(options.Seed + ofClass);
        for (var pass = 0; pass < options.Passes; pass++)
        {
            chance.Shuffle(order.AsSpan(0, active));
            var largest = 0d;
            var mostPositive = 0d;
            for (var place = 0; place < active; place++)
            {
                var at = order[place];
                var number = examples.Members[at];
                var row = rows[number];
                var isOfClass = examples.Labels[number] == ofClass;
                var side = isOfClass ? 1 : -1;
                var give = (isOfClass ? slackOfClass : slackOfRest) / examples.Weights[number];
                var gradient = (side * (Dot(row, weights) + bias)) - 1 + (give * pulls[at]);
                if (pulls[at] == 0 && gradient >= 0)
                {
                    if (gradient > restAbove)
                    {
                        // Far on the right side: it rests until the others have settled.
                        active--;
                        (order[place], order[active]) = (order[active], order[place]);
                        place--;
                    }

                    continue;
                }

                largest = Math.Max(largest, Math.Abs(gradient));
                mostPositive = Math.Max(mostPositive, gradient);
                var before = pulls[at];
                pulls[at] = Math.Max(before - (gradient / (lengths[number] + give)), 0);
                var step = (float)((pulls[at] - before) * side);
                bias += step;
                Add(row, step, weights);
            }

            restAbove = mostPositive > 0 ? mostPositive : double.PositiveInfinity;
            if (largest < options.Tolerance)
            {
                if (active == order.Length)
                {
                    break;
                }

                active = order.Length;
                restAbove = double.PositiveInfinity;
            }
        }

        return bias;
    }

    private static float SquaredLength(FeatureRow row)
    {
        var sum = 0f;
        foreach (var value in row.Values)
        {
            sum += value * value;
        }

        return sum;
    }

    // Training is over before tiered compilation would get round to these two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(FeatureRow row, float[] weights)
    {
        var values = row.Values;
        var sum = 0f;
        for (var at = 0; at < values.Length; at++)
        {
            sum += values[at] * weights[row.Numbers[at]];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(FeatureRow row, float step, float[] weights)
    {
        var values = row.Values;
        for (var at = 0; at < values.Length; at++)
        {
            weights[row.Numbers[at]] += values[at] * step;
        }
    }
}
