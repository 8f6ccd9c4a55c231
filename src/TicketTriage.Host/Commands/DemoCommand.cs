using System.CommandLine;
using TicketTriage.Host.Access;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Samples;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Commands;

/// <summary><c>demo</c>: the service beside a sandbox helpdesk with sample tickets; no account, no key, no configuration.</summary>
internal static class DemoCommand
{
    private const string Helpdesk = "sandbox";
    private const string ServiceUrl = "http://127.0.0.1:5080";
    private const string SandboxUrl = "http://127.0.0.1:5081";

    public static Command Create()
    {
        var sandboxUrl = new Option<string>("--sandbox-url")
        {
            Description = "Where the sandbox helpdesk listens.",
            DefaultValueFactory = _ => SandboxUrl,
        };
        var command = new Command("demo", "Runs the service beside a sandbox helpdesk with sample tickets, German and English.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(sandboxUrl);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(sandboxUrl), Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string sandboxUrl, string[] settings, CancellationToken cancellationToken)
    {
        await using var sandbox = await StartSandboxAsync(sandboxUrl, cancellationToken);
        var builder = WebApplication.CreateBuilder(settings);
        Configure(builder.Configuration, sandbox.Address);
        await using var house = await House.OpenAsync(builder, Role.All, cancellationToken);
        await house.StartAsync(cancellationToken);

        var address = house.Address;
        sandbox.ConnectWebhook(new SandboxWebhook(new Uri(address, $"webhooks/{Helpdesk}")));
        sandbox.StartDrip(new SampleDrip());
        var links = house.Services.GetRequiredService<SignInLinks>();
        await Console.Out.WriteLineAsync(
            $"""

            The sandbox helpdesk:  {sandbox.Address}
              Tickets arrive by themselves; watch tags, priority, group and the private note appear, or write a ticket of your own.
            TicketTriage:          {new Uri(address, links.Create(Roles.Admin))}
              What was decided and why, and the recurring jobs. The link signs you in once, within ten minutes.

            Stop it with Ctrl+C.

            """);
        await house.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<SandboxHelpdesk> StartSandboxAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxHelpdesk.StartAsync(new SandboxOptions { Url = url, FirstTicketNumber = FirstNumber() }, cancellationToken);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"The sandbox helpdesk can't listen on {url} ({e.Message}); choose another address with --sandbox-url.", e);
        }
    }

    /// <summary>What is configured stays; a demo only fills in what is missing, and connects its sandbox.</summary>
    private static void Configure(ConfigurationManager configuration, Uri sandbox)
    {
        var missing = new Dictionary<string, string?>
        {
            ["Urls"] = ServiceUrl,
            ["DataDirectory"] = Path.Combine("data", "demo"),
            ["Logging:LogLevel:Default"] = "Warning",
            ["WriteBack:FoldNote"] = "true",
            ["WriteBack:PublicUrl"] = FindPublicUrl(configuration["Urls"]),
        };
        configuration.AddInMemoryCollection(
        [
            .. missing.Where(setting => string.IsNullOrEmpty(configuration[setting.Key])),
            new($"Helpdesks:{Helpdesk}:Kind", "Zendesk"),
            new($"Helpdesks:{Helpdesk}:BaseUrl", $"{sandbox}"),
            new($"Helpdesks:{Helpdesk}:ClientId", SandboxCredentials.ClientId),
            new($"Helpdesks:{Helpdesk}:ClientSecret", SandboxCredentials.ClientSecret),
            new($"Helpdesks:{Helpdesk}:WebhookSecret", SandboxCredentials.WebhookSecret),
        ]);
    }

    /// <returns><see langword="null"/> where the port is chosen by the start: notes have no links then.</returns>
    private static string? FindPublicUrl(string? urls)
    {
        var first = string.IsNullOrEmpty(urls) ? ServiceUrl : urls.Split(';')[0];
        return first.EndsWith(":0", StringComparison.Ordinal) ? null : first;
    }

    /// <summary>The sandbox forgets its tickets at the end and the database doesn't: each demo counts on from where no earlier one was.</summary>
    private static long FirstNumber()
    {
        var sinceYearBegan = TimeProvider.System.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return ((long)sinceYearBegan.TotalMinutes * 100) + 1;
    }
}
