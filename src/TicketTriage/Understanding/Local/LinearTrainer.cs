using System.Runtime.CompilerServices;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// One class against the rest, a support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
/// Classes count alike, however many examples each has. The same input and seed give the same model.
/// </summary>
internal static class LinearTrainer
{
    public static LinearModel Train(
        IReadOnlyList<FeatureRow> rows,
        IReadOnlyList<int> labels,
        int classes,
        int features,
        TrainingOptions options,
        CancellationToken cancellationToken)
    {
        var model = new LinearModel(classes, features);
        var examples = new int[classes];
        foreach (var label in labels)
        {
            examples[label]++;
        }

        var lengths = new double[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            lengths[row] = 1 + SquaredLength(rows[row]);
        }

        var weights = new float[features];
        for (var ofClass = 0; ofClass < classes; ofClass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (examples[ofClass] == 0)
            {
                model.Learn(ofClass, [], -1);
                continue;
            }

            Array.Clear(weights);
            var half = rows.Count / 2d;
            var slackOfClass = 0.5 / (options.Cost * half / examples[ofClass]);
            var slackOfRest = 0.5 / (options.Cost * half / Math.Max(1, rows.Count - examples[ofClass]));
            var bias = TrainOne(rows, labels, ofClass, lengths, (slackOfClass, slackOfRest), weights, options);
            model.Learn(ofClass, weights, bias);
        }

        return model;
    }

    private static float TrainOne(
        IReadOnlyList<FeatureRow> rows,
        IReadOnlyList<int> labels,
        int ofClass,
        double[] lengths,
        (double OfClass, double OfRest) slack,
        float[] weights,
        TrainingOptions options)
    {
        var bias = 0f;
        var pulls = new double[rows.Count];
        var order = Enumerable.Range(0, rows.Count).ToArray();
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
                var row = rows[at];
                var side = labels[at] == ofClass ? 1 : -1;
                var give = side > 0 ? slack.OfClass : slack.OfRest;
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
                pulls[at] = Math.Max(before - (gradient / (lengths[at] + give)), 0);
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

    private static double SquaredLength(FeatureRow row)
    {
        var sum = 0d;
        for (var at = 0; at < row.Count; at++)
        {
            sum += row.Values[at] * row.Values[at];
        }

        return sum;
    }

    // Training is over before tiered compilation would get round to these two.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(FeatureRow row, ReadOnlySpan<float> weights)
    {
        var numbers = row.Numbers.AsSpan(0, row.Count);
        var values = row.Values.AsSpan(0, row.Count);
        var sum = 0f;
        for (var at = 0; at < numbers.Length; at++)
        {
            sum += values[at] * weights[numbers[at]];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(FeatureRow row, float step, Span<float> weights)
    {
        var numbers = row.Numbers.AsSpan(0, row.Count);
        var values = row.Values.AsSpan(0, row.Count);
        for (var at = 0; at < numbers.Length; at++)
        {
            weights[numbers[at]] += values[at] * step;
        }
    }
}
