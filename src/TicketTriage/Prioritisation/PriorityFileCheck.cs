using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Prioritisation;

/// <summary>Refuses a file that can't serve, before anything starts.</summary>
internal sealed class PriorityFileCheck : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options) =>
        PolicyFileCheck.Check($"{PolicyOptions.Section}:{nameof(PolicyOptions.PriorityFile)}", options.PriorityFile, file => PriorityPolicy.Parse(File.ReadAllBytes(file)));
}
