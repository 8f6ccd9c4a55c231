namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// A <see cref="LinearModel"/> and some <see cref="MeanModel"/>s that learnt from the same examples. All of them are sums over a text's
/// pieces, and so is their blend: once it is known, one model takes the place of all.
/// </summary>
internal sealed record Ensemble(LinearModel Linear, IReadOnlyList<MeanModel> Means)
{
    public static Ensemble Train(Examples examples, TrainingOptions options, CancellationToken cancellationToken)
    {
        var means = new MeanModel[options.Means];
        var limits = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0, means.Length, limits, at => means[at] = MeanTrainer.Train(examples, options.Mean, options.Seed + at, cancellationToken));
        return new Ensemble(LinearTrainer.Train(examples, options, cancellationToken), means);
    }

    /// <param name="row">The text.</param>
    /// <param name="scores">Gets what the linear model says, then what the others say in the mean.</param>
    public void Score(FeatureRow row, (float[] Linear, float[] Mean) scores)
    {
        Array.Clear(scores.Linear);
        Array.Clear(scores.Mean);
        Linear.AddScores(row, scores.Linear);
        foreach (var mean in Means)
        {
            mean.AddScores(row, scores.Mean);
        }

        foreach (ref var score in scores.Mean.AsSpan())
        {
            score /= Math.Max(Means.Count, 1);
        }
    }

    /// <summary>Melts all models into one that scores as the blend does.</summary>
    public LinearModel Melt(Blend blend)
    {
        var linear = (float)blend.OfLinear;
        var mean = (float)blend.OfMean / Math.Max(Means.Count, 1);
        var melted = new LinearModel(Linear.Classes, Linear.Features);
        Parallel.For(0, Linear.Features, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, feature =>
        {
            var to = melted.WeightsOf(feature);
            var from = Linear.WeightsOf(feature);
            for (var ofClass = 0; ofClass < to.Length; ofClass++)
            {
                to[ofClass] = linear * from[ofClass];
                foreach (var one in Means)
                {
                    to[ofClass] += mean * Lanes.Dot(one.PointOf(feature), one.DirectionOf(ofClass));
                }
            }
        });

        for (var ofClass = 0; ofClass < Linear.Classes; ofClass++)
        {
            melted.Biases[ofClass] = (linear * Linear.Biases[ofClass])
                + (mean * Means.Sum(one => one.Biases[ofClass])) + (float)(blend.OfShare * blend.LogShares[ofClass]);
        }

        return melted;
    }
}
