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
    public ValidateOptionsResult Validate(string? name, DraftingOptions options) =>
        PolicyFileCheck.Check($"{DraftingOptions.Section}:{nameof(DraftingOptions.StyleFile)}", options.StyleFile, file => StyleGuide.Parse(File.ReadAllBytes(file)));
}
