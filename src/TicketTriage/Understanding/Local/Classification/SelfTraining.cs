using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// Learns from texts whose class nobody told: an ensemble that learnt from the told ones guesses, the guesses it is surest of are learnt
/// beside them, and so on for a few rounds that each take more. Where examples are few this finds the words that stand beside theirs.
/// </summary>
internal static class SelfTraining
{
    // What held-out examples usually find; these only rank guesses, so they need not be exact.
    private const float OfLinear = 4;

    /// <param name="told">The examples.</param>
    /// <param name="untold">The rows whose class is to be guessed.</param>
    /// <param name="options">How to train in each round.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public static Ensemble Train(Examples told, int[] untold, TrainingOptions options, CancellationToken cancellationToken)
    {
        var ensemble = Ensemble.Train(told, options, cancellationToken);
        foreach (var share in untold.Length == 0 ? [] : options.SharesTaken)
        {
            var labels = told.Labels.ToArray();
            var weights = told.Weights.ToArray();
            var taken = Take(Guess(ensemble, told, untold), share, told.Classes);
            foreach (var guess in taken)
            {
                labels[guess.Row] = guess.Class;
                weights[guess.Row] = (float)(options.WeightOfGuess * guess.Chance);
            }

            var members = told.Members.Concat(taken.Select(guess => guess.Row).Order()).ToArray();
            ensemble = Ensemble.Train(told with { Labels = labels, Weights = weights, Members = members }, options, cancellationToken);
        }

        return ensemble;
    }

    private static Guessed[] Guess(Ensemble ensemble, Examples told, int[] untold)
    {
        var guesses = new Guessed[untold.Length];
        Parallel.For(
            0,
            untold.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Linear: new float[told.Classes], Mean: new float[told.Classes]),
            (at, _, scores) =>
            {
                ensemble.Score(told.Rows[untold[at]], scores);
                for (var ofClass = 0; ofClass < told.Classes; ofClass++)
                {
                    scores.Linear[ofClass] = (OfLinear * scores.Linear[ofClass]) + scores.Mean[ofClass];
                }

                var top = Array.IndexOf(scores.Linear, scores.Linear.Max());
                var sum = scores.Linear.Sum(score => Math.Exp(score - scores.Linear[top]));
                guesses[at] = new Guessed(untold[at], top, 1 / sum);
                return scores;
            },
            _ => { });
        return guesses;
    }

    // By class, so that the easy classes don't crowd the others out.
    private static List<Guessed> Take(Guessed[] guesses, double share, int classes)
    {
        var taken = new List<Guessed>();
        foreach (var ofClass in guesses.GroupBy(guess => guess.Class))
        {
            var most = (int)Math.Ceiling(share * Math.Min(ofClass.Count(), 3d * guesses.Length / classes));
            taken.AddRange(ofClass.OrderByDescending(guess => guess.Chance).Take(most));
        }

        return taken;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Guessed(int Row, int Class, double Chance);
}
