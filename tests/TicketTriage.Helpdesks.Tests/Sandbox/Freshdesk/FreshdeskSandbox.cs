using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox.Freshdesk;

/// <summary>Starts a sandbox that speaks Freshdesk's dialect.</summary>
internal static class FreshdeskSandbox
{
    public static Task<SandboxHelpdesk> StartAsync(SandboxOptions options) =>
        SandboxHelpdesk.StartAsync(options with { Kind = SandboxKind.Freshdesk }, default);
}
