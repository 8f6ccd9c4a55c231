using TicketTriage.Sandbox;

namespace TicketTriage.Benchmarks;

/// <summary>The settings of a service that is measured: where its database and helpdesk are, nothing that changes its pace.</summary>
internal static class TriageSettings
{
    public const string Helpdesk = "sandbox";

    public static readonly Dictionary<string, string> None = [];

    public static Uri WebhookTarget(Uri service) => new(service, $"webhooks/{Helpdesk}");

    public static Dictionary<string, string> Of(Uri service, Uri sandbox, string connectionString, string directory) => new()
    {
        ["Urls"] = service.GetLeftPart(UriPartial.Authority),
        ["DataDirectory"] = directory,
        ["ConnectionStrings:TicketTriage"] = connectionString,
        [$"Helpdesks:{Helpdesk}:Kind"] = "Zendesk",
        [$"Helpdesks:{Helpdesk}:BaseUrl"] = sandbox.ToString(),
        [$"Helpdesks:{Helpdesk}:ClientId"] = SandboxCredentials.ClientId,
        [$"Helpdesks:{Helpdesk}:ClientSecret"] = SandboxCredentials.ClientSecret,
        [$"Helpdesks:{Helpdesk}:WebhookSecret"] = SandboxCredentials.WebhookSecret,
    };
}
