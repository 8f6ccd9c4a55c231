using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Prioritisation;

/// <summary>Refuses a file that can't serve, before anything starts.</summary>
internal sealed class PriorityFileCheck : IValidateOptions<PolicyOptions>
{
    private const string Key = $"{PolicyOptions.Section}:{nameof(PolicyOptions.PriorityFile)}";

    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PriorityFile))
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            PriorityPolicy.Parse(File.ReadAllBytes(options.PriorityFile));
            return ValidateOptionsResult.Success;
        }
        catch (PolicyFaultyException exception)
        {
            return ValidateOptionsResult.Fail(exception.Faults.Select(fault => $"{Key}: {fault}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{Key}: {options.PriorityFile} can't be read: {exception.Message}");
        }
    }
}
