namespace TicketTriage.ServiceLevels.Risk;

/// <summary>Logistic regression over what is known at opening. A feature that was never seen says nothing.</summary>
public sealed class RiskModel
{
    private const int Rounds = 8;
    private const double Step = 0.3;

    /// <summary>Shared among the cases that have a feature: a rare one has to be very telling.</summary>
    private const double Restraint = 5;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<double> weights = [];

    private RiskModel() { }

    /// <returns>The same for the same cases.</returns>
    public static RiskModel Learn(IReadOnlyList<WeightedCase> cases)
    {
        var model = new RiskModel();
        var features = cases.Select(weighted => model.NumbersOf(weighted.Case)).ToArray();
        var counts = new int[model.weights.Count];
        foreach (var feature in features.SelectMany(numbers => numbers))
        {
            counts[feature]++;
        }

        var steps = new double[counts.Length];
        var order = Enumerable.Range(0, cases.Count).ToArray();
        var chance = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            chance.Shuffle(order);
            foreach (var i in order)
            {
                var miss = (Chance(model.Sum(features[i])) - cases[i].Label) * cases[i].Weight;
                foreach (var feature in features[i])
                {
                    var slope = miss + (Restraint * model.weights[feature] / counts[feature]);
                    steps[feature] += slope * slope;
                    model.weights[feature] -= Step * slope / Math.Sqrt(steps[feature] + 1e-8);
                }
            }
        }

        return model;
    }

    /// <summary>Log odds of a breach, to be calibrated.</summary>
    public double Score(PastCase past) =>
        past.Features.Append("").Sum(feature => numbers.TryGetValue(feature, out var number) ? weights[number] : 0);

    internal static double Chance(double logOdds) => 1 / (1 + Math.Exp(-Math.Clamp(logOdds, -30, 30)));

    private double Sum(int[] features)
    {
        var sum = 0d;
        foreach (var feature in features)
        {
            sum += weights[feature];
        }

        return sum;
    }

    // The empty name is what every case has.
    private int[] NumbersOf(PastCase past) => [.. past.Features.Append("").Distinct(StringComparer.Ordinal).Select(feature =>
    {
        if (!numbers.TryGetValue(feature, out var number))
        {
            number = weights.Count;
            numbers.Add(feature, number);
            weights.Add(0);
        }

        return number;
    })];
}
