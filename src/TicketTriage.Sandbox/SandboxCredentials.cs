namespace TicketTriage.Sandbox;

/// <summary>What the sandbox accepts unless told otherwise. Well known on purpose: nothing real may stand behind it.</summary>
public static class SandboxCredentials
{
    public const string ClientId = "sandbox_client";
    public const string ClientSecret = "sandbox-client-secret";
    public const string Email = "triage@sandbox.example.com";
    public const string ApiToken = "sandbox-api-token";

    /// <summary>The key that signs the sandbox's webhooks.</summary>
    public const string WebhookSecret = "sandbox-webhook-secret";
}
