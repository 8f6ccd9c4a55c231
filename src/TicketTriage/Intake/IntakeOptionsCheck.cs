using Microsoft.Extensions.Options;

namespace TicketTriage.Intake;

/// <summary>Names each value that is out of its range, by its key.</summary>
internal sealed class IntakeOptionsCheck : IValidateOptions<IntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, IntakeOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(IntakeOptions options)
    {
        if (options.BatchSize is < 1 or > 1_000)
        {
            yield return $"Intake:BatchSize is {options.BatchSize}: it must lie between 1 and 1000.";
        }

        if (options.Writers is < 1 or > 256)
        {
            yield return $"Intake:Writers is {options.Writers}: it must lie between 1 and 256.";
        }

        if (options.MostWaiting is < 1 or > 1_000_000)
        {
            yield return $"Intake:MostWaiting is {options.MostWaiting}: it must lie between 1 and 1000000.";
        }

        if (options.StoreTimeout < TimeSpan.FromMilliseconds(100) || options.StoreTimeout > TimeSpan.FromSeconds(10))
        {
            yield return $"Intake:StoreTimeout is {options.StoreTimeout}: it must lie between 00:00:00.1 and 00:00:10.";
        }

        if (options.MostBacklogAge < TimeSpan.FromSeconds(1) || options.MostBacklogAge > TimeSpan.FromDays(7))
        {
            yield return $"Intake:MostBacklogAge is {options.MostBacklogAge}: it must lie between 00:00:01 and 7.00:00:00.";
        }
    }
}
