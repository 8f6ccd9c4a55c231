namespace TicketTriage.ServiceLevels.Risk;

/// <summary>What a way to alarm costs, a miss costing 1.</summary>
/// <param name="Price">Of an alarm; under 1.</param>
/// <param name="Rule">Alarms whenever three quarters are used up.</param>
/// <param name="This">Alarms then too, except where that has clearly not been worth its price.</param>
/// <param name="Never">Alarms never.</param>
public sealed record RiskCost(double Price, double Rule, double This, double Never)
{
    /// <summary>Up to this price every alarm of the plain rule is made: there is little to save and a customer to lose.</summary>
    private const double Cheap = 1 / 3d;

    /// <summary>How far under a dearer price a chance has to lie before the alarm is left out: in doubt the plain rule holds.</summary>
    private const double Clearly = 0.6;

    /// <summary>Whether to alarm when three quarters are used up.</summary>
    public static bool IsWorth(double price, double chance) => price <= Cheap || chance >= price * Clearly;

    internal static RiskCost Of(double price, bool[] isOpen, double[] chances, IReadOnlyList<bool> labels)
    {
        var (rule, own, never) = (0d, 0d, 0d);
        for (var i = 0; i < isOpen.Length; i++)
        {
            var miss = labels[i] ? 1 : 0;
            never += miss;
            rule += isOpen[i] ? price : miss;
            own += isOpen[i] && IsWorth(price, chances[i]) ? price : miss;
        }

        return new RiskCost(price, rule, own, never);
    }
}
