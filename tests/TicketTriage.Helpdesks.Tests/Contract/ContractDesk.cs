using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Contract;

/// <summary>
/// The real registration, connected to a sandbox that speaks the vendor's dialect, over real HTTP.
/// <para>
/// Something that checks both sides against the vendor's description may stand between them: its address goes into
/// <c>TICKETTRIAGE_SPEC_PROXY_ZENDESK</c> or <c>TICKETTRIAGE_SPEC_PROXY_FRESHDESK</c>, and the sandbox then listens on the port after it.
/// As there is one such port, the desks of a vendor are open one after the other.
/// </para>
/// </summary>
internal sealed class ContractDesk : IAsyncDisposable
{
    /// <summary>Stands in the path of calls that are meant to lead nowhere.</summary>
    public const string Elsewhere = "/elsewhere/";

    private static readonly Dictionary<SandboxKind, SemaphoreSlim> Ports = new()
    {
        [SandboxKind.Zendesk] = new(1, 1),
        [SandboxKind.Freshdesk] = new(1, 1),
    };

    private readonly IHost host;
    private readonly SemaphoreSlim? port;

    private ContractDesk(IHost host, SandboxHelpdesk sandbox, SemaphoreSlim? port)
    {
        this.host = host;
        this.port = port;
        Sandbox = sandbox;
        Ways = host.Services.GetRequiredService<HelpdeskDirectory>().Find("acme")
            ?? throw new InvalidOperationException("The helpdesk acme was not connected.");
    }

    public SandboxHelpdesk Sandbox { get; }

    public ConnectedHelpdesk Ways { get; }

    public IHelpdesk Helpdesk => Ways.Helpdesk;

    public long Group(string name) => Sandbox.Groups.Single(group => group.Name == name).Id;

    /// <param name="settings">Keys below <c>Helpdesks:acme</c> in the place of the good ones.</param>
    public static async Task<ContractDesk> StartAsync(
        SandboxKind kind, SandboxOptions? options = null, params (string Key, string? Value)[] settings)
    {
        var variable = $"TICKETTRIAGE_SPEC_PROXY_{kind.ToString().ToUpperInvariant()}";
        var proxy = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? new Uri(given) : null;
        var port = proxy is null ? null : Ports[kind];
        if (port is not null)
        {
            await port.WaitAsync();
        }

        var sandbox = await SandboxHelpdesk.StartAsync(
            (options ?? new SandboxOptions()) with
            {
                Kind = kind,
                Fields = TriageFields,
                Url = proxy is null ? "http://127.0.0.1:0" : $"http://127.0.0.1:{proxy.Port + 1}",
            },
            default);

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var keys = Credentials(kind);
        keys["Kind"] = kind.ToString();
        keys["BaseUrl"] = (proxy ?? sandbox.Address).ToString();
        keys["WebhookSecret"] = SandboxCredentials.WebhookSecret;
        foreach (var (key, value) in settings)
        {
            keys[key] = value;
        }

        builder.Configuration.AddInMemoryCollection(keys
            .Where(key => key.Value is not null)
            .Select(key => KeyValuePair.Create($"Helpdesks:acme:{key.Key}", key.Value)));
        builder.AddHelpdesks();
        return new ContractDesk(builder.Build(), sandbox, port);
    }

    /// <summary>A change of everything, for the ticket as it was read.</summary>
    public HelpdeskChange Change(HelpdeskTicket ticket) => new()
    {
        Number = ticket.Number,
        TriageId = NewTriage(),
        Stamp = ticket.Stamp,
        Tags = [.. ticket.Tags, "triage_intent_refund"],
        Priority = TicketPriority.High,
        GroupId = $"{Group("Billing")}",
    };

    public static Guid NewTriage() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>The change with its note, which shows the triage's id as notes do.</summary>
    public static HelpdeskChange WithNote(HelpdeskChange change) =>
        change with { PrivateNoteHtml = $"<p>Wants a refund.</p><p><em>TicketTriage · {change.TriageId:N}</em></p>" };

    public async Task<HelpdeskTicket> ReadAsync(long number, CancellationToken cancellationToken) =>
        await Helpdesk.FindTicketAsync($"{number}", cancellationToken)
            ?? throw new InvalidOperationException($"The connector finds no ticket {number}.");

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        var unplanned = Sandbox.Journal.UnplannedCalls.Where(call => !call.Contains(Elsewhere, StringComparison.Ordinal)).ToList();
        await Sandbox.DisposeAsync();
        port?.Release();
        Assert.That(unplanned, Is.Empty, "Calls that the vendor doesn't have.");
    }

    private static IReadOnlyList<NewField> TriageFields { get; } =
    [
        new("Triage intent", SandboxFieldKind.Choice, "refund", "billing"),
        new("Triage sentiment", SandboxFieldKind.Choice, "negative", "neutral", "positive"),
        new("Triage language"),
        new("Triage product"),
        new("Triage summary"),
    ];

    private static Dictionary<string, string?> Credentials(SandboxKind kind) => kind switch
    {
        SandboxKind.Zendesk => new() { ["ClientId"] = SandboxCredentials.ClientId, ["ClientSecret"] = SandboxCredentials.ClientSecret },
        SandboxKind.Freshdesk => new() { ["ApiToken"] = SandboxCredentials.ApiToken },
    };
}
