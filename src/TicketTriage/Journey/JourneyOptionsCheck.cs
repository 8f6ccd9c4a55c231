using Microsoft.Extensions.Options;

namespace TicketTriage.Journey;

/// <summary>Names each value that is out of its range, by its key.</summary>
internal sealed class JourneyOptionsCheck : IValidateOptions<JourneyOptions>
{
    public ValidateOptionsResult Validate(string? name, JourneyOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(JourneyOptions options)
    {
        if (options.Workers is < 1 or > 500)
        {
            yield return $"Journey:Workers is {options.Workers}: it must lie between 1 and 500.";
        }

        if (options.LookEvery < TimeSpan.FromMilliseconds(50) || options.LookEvery > TimeSpan.FromMinutes(1))
        {
            yield return $"Journey:LookEvery is {options.LookEvery}: it must lie between 00:00:00.05 and 00:01:00.";
        }

        if (options.Lease < TimeSpan.FromSeconds(5) || options.Lease > TimeSpan.FromMinutes(10))
        {
            yield return $"Journey:Lease is {options.Lease}: it must lie between 00:00:05 and 00:10:00.";
        }

        if (options.MostComments is < 1 or > 5_000)
        {
            yield return $"Journey:MostComments is {options.MostComments}: it must lie between 1 and 5000.";
        }

        if (options.FirstRetry < TimeSpan.FromMilliseconds(10) || options.FirstRetry > TimeSpan.FromMinutes(1))
        {
            yield return $"Journey:FirstRetry is {options.FirstRetry}: it must lie between 00:00:00.01 and 00:01:00.";
        }
    }
}
