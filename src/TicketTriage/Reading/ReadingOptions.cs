using Microsoft.Extensions.Options;

namespace TicketTriage.Reading;

/// <summary>How tickets are read: the keys under <c>Reading</c>.</summary>
public sealed record ReadingOptions
{
    public const string Section = "Reading";

    /// <summary>ISO 639-1 codes of the only languages that customers write in; empty (default) for all that are recognised.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Files of a ticket whose text is read at most (txt, csv, eml, html, pdf), 0 to 20; 0 for none. Default 5.</summary>
    public int MostFiles { get; init; } = 5;
}

/// <summary>Names each value that can't be used, by its key.</summary>
internal sealed class ReadingOptionsCheck : IValidateOptions<ReadingOptions>
{
    public ValidateOptionsResult Validate(string? name, ReadingOptions options)
    {
        var faults = new List<string>();
        var strange = options.Languages.Where(language => !LanguageFinder.Languages.Contains(language)).ToList();
        if (strange.Count > 0)
        {
            faults.Add($"Reading:Languages has {string.Join(", ", strange)}: known are {string.Join(", ", LanguageFinder.Languages)}.");
        }

        if (options.MostFiles is < 0 or > 20)
        {
            faults.Add($"Reading:MostFiles is {options.MostFiles}: it must lie between 0 and 20.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
