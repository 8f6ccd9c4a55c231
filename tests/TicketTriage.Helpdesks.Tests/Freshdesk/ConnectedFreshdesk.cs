using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

/// <summary>The real registration, connected to a scripted Freshdesk, under a clock that stands still.</summary>
internal sealed class ConnectedFreshdesk : IAsyncDisposable
{
    private readonly IHost host;

    private ConnectedFreshdesk(IHost host, ScriptedFreshdesk freshdesk, ManualClock clock)
    {
        this.host = host;
        Freshdesk = freshdesk;
        Clock = clock;
        Ways = host.Services.GetRequiredService<HelpdeskDirectory>().Find("acme")
            ?? throw new InvalidOperationException("The helpdesk acme was not connected.");
    }

    public ManualClock Clock { get; }

    public ScriptedFreshdesk Freshdesk { get; }

    public ConnectedHelpdesk Ways { get; }

    public IHelpdesk Helpdesk => Ways.Helpdesk;

    public IHelpdeskPeople People => Given(Ways.People);

    public IHelpdeskServiceLevels ServiceLevels => Given(Ways.ServiceLevels);

    public IHelpdeskKnowledge Knowledge => Given(Ways.Knowledge);

    public IHelpdeskSetup Setup => Given(Ways.Setup);

    /// <param name="settings">Keys below <c>Helpdesks:acme</c>.</param>
    public static async Task<ConnectedFreshdesk> StartAsync(params (string Key, string Value)[] settings)
    {
        var freshdesk = await ScriptedFreshdesk.StartAsync();
        var clock = new ManualClock();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var keys = new Dictionary<string, string?>
        {
            ["Helpdesks:acme:Kind"] = "Freshdesk",
            ["Helpdesks:acme:BaseUrl"] = freshdesk.Address.ToString(),
            ["Helpdesks:acme:ApiToken"] = "the key",
            ["Helpdesks:acme:WebhookSecret"] = "a secret",
        };
        foreach (var (key, value) in settings)
        {
            keys[$"Helpdesks:acme:{key}"] = value;
        }

        builder.Configuration.AddInMemoryCollection(keys);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddHelpdesks();
        return new ConnectedFreshdesk(builder.Build(), freshdesk, clock);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await Freshdesk.DisposeAsync();
    }

    private static T Given<T>(T? way)
        where T : class => way ?? throw new InvalidOperationException($"No {typeof(T).Name} is connected.");
}
