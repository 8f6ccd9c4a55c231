using TicketTriage.Sandbox;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>Configurations as environment variables.</summary>
internal static class SettingsOf
{
    /// <summary>A helpdesk <c>acme</c> at this address, and a database that nobody reaches.</summary>
    public static Dictionary<string, string> Helpdesk(Uri address) => Database("Host=127.0.0.1;Port=1;Database=none;Username=none;Timeout=2")
        .With("Helpdesks__acme__Kind", "Zendesk")
        .With("Helpdesks__acme__BaseUrl", $"{address}")
        .With("Helpdesks__acme__ClientId", SandboxCredentials.ClientId)
        .With("Helpdesks__acme__ClientSecret", SandboxCredentials.ClientSecret)
        .With("Helpdesks__acme__WebhookSecret", SandboxCredentials.WebhookSecret);

    public static Dictionary<string, string> Database(string connectionString) => new()
    {
        ["ConnectionStrings__TicketTriage"] = connectionString,
        ["Urls"] = "http://127.0.0.1:0",
    };

    /// <summary>The same with another value, or without the key where it is <see langword="null"/>.</summary>
    public static Dictionary<string, string> With(this Dictionary<string, string> settings, string name, string? value)
    {
        var changed = new Dictionary<string, string>(settings);
        changed.Remove(name);
        if (value is not null)
        {
            changed.Add(name, value);
        }

        return changed;
    }
}
