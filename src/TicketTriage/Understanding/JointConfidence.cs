using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>
/// How sure two witnesses together are of what the model chose: the model, and the local classifier that read the same ticket. Each one's
/// log-odds count by a weight; the weights are fitted to tickets whose right answer is known.
/// </summary>
/// <param name="OfNeither">Log-odds that are there before anybody speaks.</param>
/// <param name="OfModel">Times the log-odds that the model gives its choice.</param>
/// <param name="OfLocal">Times the log-odds that the local classifier gives the model's choice.</param>
public sealed record JointConfidence(double OfNeither, double OfModel, double OfLocal)
{
    /// <summary>What a model says of itself is believed in part; beyond this nobody is.</summary>
    private const double Surest = 0.99;

    /// <summary>What is left when the local classifier chose another value, is shared among the others; most are out of the question.</summary>
    private const double LikelyOthers = 2;

    private const double Ridge = 20;
    private const int Steps = 25;

    /// <summary>
    /// Before a team has measured: two that agree are surer than each alone, and one who is contradicted is less sure. Models overrate
    /// themselves and both read the same words, so neither counts in full.
    /// </summary>
    public static JointConfidence Unmeasured { get; } = new(0, 0.6, 0.6);

    /// <summary>Fits the weights by logistic regression, drawn towards <see cref="Unmeasured"/> where tickets are few.</summary>
    /// <param name="tickets">For each the chance by the model, what the local classifier found, and whether the model's choice was right.</param>
    public static JointConfidence Fit(IReadOnlyList<JudgedChoice> tickets)
    {
        double[] weights = [Unmeasured.OfNeither, Unmeasured.OfModel, Unmeasured.OfLocal];
        double[] drawnTo = [.. weights];
        double[][] rows = [.. tickets.Select(ticket => Witnesses(ticket.Choice, ticket.Locally))];
        for (var step = 0; step < Steps; step++)
        {
            double[] slope = [.. weights.Select((weight, at) => Ridge * (weight - drawnTo[at]))];
            double[,] bend = { { Ridge, 0, 0 }, { 0, Ridge, 0 }, { 0, 0, Ridge } };
            for (var row = 0; row < rows.Length; row++)
            {
                var chance = ChanceOf(rows[row], weights);
                var miss = chance - (tickets[row].IsRight ? 1 : 0);
                for (var at = 0; at < weights.Length; at++)
                {
                    slope[at] += miss * rows[row][at];
                    for (var other = 0; other < weights.Length; other++)
                    {
                        bend[at, other] += chance * (1 - chance) * rows[row][at] * rows[row][other];
                    }
                }
            }

            var move = Solve(bend, slope);
            weights = [.. weights.Select((weight, at) => weight - move[at])];
        }

        return new JointConfidence(weights[0], weights[1], weights[2]);
    }

    /// <returns>In (0, 0.99].</returns>
    public double Of(Finding choice, Finding locally) => Math.Min(
        Surest, ChanceOf(Witnesses(choice, locally), [OfNeither, OfModel, OfLocal]));

    private static double[] Witnesses(Finding choice, Finding locally)
    {
        if (locally.Value == Finding.Unclear)
        {
            return [1, LogOdds(choice.Confidence), 0];
        }

        var byLocal = locally.Value == choice.Value ? locally.Confidence : (1 - locally.Confidence) / LikelyOthers;
        return [1, LogOdds(choice.Confidence), LogOdds(byLocal)];
    }

    private static double ChanceOf(double[] witnesses, double[] weights) =>
        1 / (1 + Math.Exp(-witnesses.Zip(weights, (witness, weight) => witness * weight).Sum()));

    private static double LogOdds(double chance)
    {
        var believed = Math.Clamp(chance, 1 - Surest, Surest);
        return Math.Log(believed / (1 - believed));
    }

    // Gauss without pivots: the matrix is positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        double[] answer = [.. right];
        var size = answer.Length;
        for (var at = 0; at < size; at++)
        {
            for (var below = at + 1; below < size; below++)
            {
                var times = matrix[below, at] / matrix[at, at];
                answer[below] -= times * answer[at];
                for (var column = at; column < size; column++)
                {
                    matrix[below, column] -= times * matrix[at, column];
                }
            }
        }

        for (var at = size - 1; at >= 0; at--)
        {
            for (var column = at + 1; column < size; column++)
            {
                answer[at] -= matrix[at, column] * answer[column];
            }

            answer[at] /= matrix[at, at];
        }

        return answer;
    }
}

/// <summary>A model's choice about a ticket whose right answer is known.</summary>
/// <param name="Choice">With the model's own chance.</param>
/// <param name="Locally">What the local classifier found.</param>
public sealed record JudgedChoice(Finding Choice, Finding Locally, bool IsRight);
