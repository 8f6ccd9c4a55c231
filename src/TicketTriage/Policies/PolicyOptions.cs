using Microsoft.Extensions.Options;

namespace TicketTriage.Policies;

/// <summary>Which taxonomy and which rules of priority are in force: the keys under <c>Policies</c>.</summary>
public sealed record PolicyOptions
{
    public const string Section = "Policies";

    /// <summary>One of the shipped ones. Default <see cref="StarterTaxonomy.General"/>.</summary>
    public StarterTaxonomy Taxonomy { get; init; }

    /// <summary>A file with a taxonomy of one's own, in the form of the shipped one; it takes the place of <see cref="Taxonomy"/>.</summary>
    public string? TaxonomyFile { get; init; }

    /// <summary>A file with rules of priority of one's own, in the form of the shipped ones, which it takes the place of.</summary>
    public string? PriorityFile { get; init; }
}

/// <summary>Refuses a file that can't serve, before anything starts.</summary>
internal sealed class PolicyOptionsCheck : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.TaxonomyFile))
        {
            return Enum.IsDefined(options.Taxonomy)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{PolicyOptions.Section}:{nameof(PolicyOptions.Taxonomy)} is none of {string.Join(", ", Enum.GetNames<StarterTaxonomy>())}.");
        }

        return PolicyFileCheck.Check(
            $"{PolicyOptions.Section}:{nameof(PolicyOptions.TaxonomyFile)}", options.TaxonomyFile, PolicyServices.ReadTaxonomy);
    }
}
