using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TicketTriage.WriteBack;

/// <summary>Names each value that is out of its range, by its key.</summary>
internal sealed partial class WriteBackOptionsCheck : IValidateOptions<WriteBackOptions>
{
    public ValidateOptionsResult Validate(string? name, WriteBackOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(WriteBackOptions options)
    {
        if (!Prefix().IsMatch(options.TagPrefix))
        {
            yield return $"WriteBack:TagPrefix is {options.TagPrefix}: it must be small letters, digits and _, ending in _, such as triage_.";
        }

        if (options.TeamLanguage is not ("en" or "de"))
        {
            yield return $"WriteBack:TeamLanguage is {options.TeamLanguage}: it must be en or de.";
        }

        if (options.PublicUrl is { } address && !(address.IsAbsoluteUri && address.Scheme is "https" or "http"))
        {
            yield return $"WriteBack:PublicUrl is {address}: it must be an address such as https://triage.acme.example.";
        }

        if (options.MostPerTicketAndHour is < 1 or > 60)
        {
            yield return $"WriteBack:MostPerTicketAndHour is {options.MostPerTicketAndHour}: it must lie between 1 and 60.";
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{1,30}_$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
