using Microsoft.Extensions.Options;

namespace TicketTriage.Reading;

/// <summary>How tickets are read: the keys under <c>Reading</c>.</summary>
public sealed record ReadingOptions
{
    public const string Section = "Reading";

    /// <summary>ISO 639-1 codes of the only languages that customers write in; empty (default) for all that are recognised.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}

/// <summary>Refuses languages that can't be told apart here.</summary>
internal sealed class ReadingOptionsCheck : IValidateOptions<ReadingOptions>
{
    public ValidateOptionsResult Validate(string? name, ReadingOptions options)
    {
        var strange = options.Languages.Where(language => !LanguageFinder.Languages.Contains(language)).ToList();
        return strange.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Reading:Languages has {string.Join(", ", strange)}: known are {string.Join(", ", LanguageFinder.Languages)}.");
    }
}
