using TicketTriage.Sandbox;

namespace TicketTriage.Chaos.Sites;

/// <summary>The product's settings: where its database and helpdesk are, and what has to go faster than in earnest.</summary>
internal static class SiteSettings
{
    public const string Helpdesk = "sandbox";

    /// <summary>What a killed worker has had is taken up after this. In earnest it is longer; nothing else follows from its length.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>For asking the product what it measures of itself.</summary>
    public const string OpsKey = "key-of-those-who-watch-the-chaos";

    /// <summary>The most that it may be: these customers write more in a minute than others in a month.</summary>
    private const string MostPerTicketAndHour = "60";

    public static Uri WebhookTarget(Uri web) => new(web, $"webhooks/{Helpdesk}");

    public static Dictionary<string, string> Of(Uri address, Uri helpdesk, string connectionString, string directory) => new()
    {
        ["Urls"] = address.GetLeftPart(UriPartial.Authority),
        ["DataDirectory"] = directory,
        ["ConnectionStrings:TicketTriage"] = connectionString,
        ["Logging:LogLevel:Default"] = "Warning",
        ["Journey:Lease"] = Lease.ToString("c"),
        ["Access:ApiKeys:watch:Key"] = OpsKey,
        ["Access:ApiKeys:watch:Role"] = "ops",
        ["WriteBack:MostPerTicketAndHour"] = MostPerTicketAndHour,
        [$"Helpdesks:{Helpdesk}:Kind"] = "Zendesk",
        [$"Helpdesks:{Helpdesk}:BaseUrl"] = helpdesk.ToString(),
        [$"Helpdesks:{Helpdesk}:ClientId"] = SandboxCredentials.ClientId,
        [$"Helpdesks:{Helpdesk}:ClientSecret"] = SandboxCredentials.ClientSecret,
        [$"Helpdesks:{Helpdesk}:WebhookSecret"] = SandboxCredentials.WebhookSecret,
    };
}
