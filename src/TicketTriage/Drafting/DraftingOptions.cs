using Microsoft.Extensions.Options;
using TicketTriage.Drafting.Style;
using TicketTriage.Policies;

namespace TicketTriage.Drafting;

/// <summary>How replies are drafted: the keys under <c>Drafting</c>.</summary>
public sealed class DraftingOptions
{
    public const string Section = "Drafting";

    /// <summary>A file with a style guide of one's own, in the form of the shipped one, read again when it changes.</summary>
    public string? StyleFile { get; set; }
}

/// <summary>Refuses a file that can't serve, before anything starts.</summary>
internal sealed class DraftingOptionsCheck : IValidateOptions<DraftingOptions>
{
    private const string Key = $"{DraftingOptions.Section}:{nameof(DraftingOptions.StyleFile)}";

    public ValidateOptionsResult Validate(string? name, DraftingOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.StyleFile))
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            StyleGuide.Parse(File.ReadAllBytes(options.StyleFile));
            return ValidateOptionsResult.Success;
        }
        catch (PolicyFaultyException exception)
        {
            return ValidateOptionsResult.Fail(exception.Faults.Select(fault => $"{Key}: {fault}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{Key}: {options.StyleFile} can't be read: {exception.Message}");
        }
    }
}
