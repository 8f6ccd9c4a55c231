using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TicketTriage.Helpdesks;

/// <summary>What stands under <c>Helpdesks</c>, read key by key, so that all faults are found at once and each names its key.</summary>
internal sealed class ConfiguredHelpdesks
{
    public Dictionary<string, HelpdeskOptions> ByName { get; } = new(StringComparer.Ordinal);

    public List<string> Faults { get; } = [];

    public void Read(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Value is not null || !child.GetChildren().Any())
            {
                Faults.Add(
                    $"{child.Path}: expected a helpdesk's name with its keys below it, such as {section.Path}:acme:Kind, found a value.");
            }
            else if (!child.Key.All(IsUsableInAddress))
            {
                Faults.Add($"{child.Path}: expected a name of letters, digits, - and _, since it is part of the webhook's address.");
            }
            else
            {
                ByName.Add(child.Key, new HelpdeskSettings(child, Faults).Read());
            }
        }
    }

    private static bool IsUsableInAddress(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';

    internal sealed class Validator : IValidateOptions<ConfiguredHelpdesks>
    {
        public ValidateOptionsResult Validate(string? name, ConfiguredHelpdesks options) =>
            options.Faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(options.Faults);
    }
}
