using System.CommandLine;
using System.CommandLine.Parsing;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Host.Commands;

/// <summary><c>sandbox</c>: the sandbox helpdesk alone, for trying a set-up of several processes, and for load.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var kind = new Option<SandboxKind>("--kind") { Description = "Whose API it speaks: zendesk or freshdesk." };
        var url = new Option<string>("--url")
        {
            Description = "Where it listens.",
            DefaultValueFactory = _ => "http://127.0.0.1:5081",
        };
        var webhook = new Option<Uri?>("--webhook")
        {
            Description = "Where it sends its webhooks: http://127.0.0.1:5080/webhooks/NAME.",
            CustomParser = ReadAddress,
        };
        var samples = new Option<bool>("--samples") { Description = "Begin with the sample tickets." };
        var ahead = new Option<TimeSpan>("--clock-ahead")
        {
            Description = "How far its clock is ahead of the machine's, as 30.12:00:00 for thirty days and a half: to try a certain day.",
        };
        var command = new Command("sandbox", "Runs the sandbox helpdesk alone: it speaks like its vendor and keeps everything in memory.");
        command.Options.Add(kind);
        command.Options.Add(url);
        command.Options.Add(webhook);
        command.Options.Add(samples);
        command.Options.Add(ahead);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SandboxOptions
            {
                Kind = parsed.GetValue(kind),
                Url = parsed.GetRequiredValue(url),
                Webhook = parsed.GetValue(webhook) is { } target ? new SandboxWebhook(target) : null,
                WithSamples = parsed.GetValue(samples),
                TimeProvider = parsed.GetValue(ahead) is { Ticks: not 0 } so ? new ClockAhead(so) : TimeProvider.System,
            };
            await RunAsync(options, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Uri? ReadAddress(ArgumentResult argument)
    {
        var given = argument.Tokens[^1].Value;
        if (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        argument.AddError($"{given} is no address to send webhooks to: it begins with http:// or https://.");
        return null;
    }

    private static string CredentialsOf(SandboxOptions options) => options.Kind switch
    {
        SandboxKind.Zendesk => $"ClientId={options.ClientId}, ClientSecret={options.ClientSecret}",
        SandboxKind.Freshdesk => $"ApiToken={options.ApiToken}",
    };

    private static async Task RunAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxHelpdesk.StartAsync(options, cancellationToken);
        await Console.Out.WriteLineAsync(
            $"""
            The sandbox helpdesk is at {sandbox.Address}
            Connect to it with Helpdesks:NAME:Kind={options.Kind}, BaseUrl={sandbox.Address}, {CredentialsOf(options)}
            and WebhookSecret={SandboxCredentials.WebhookSecret}. Stop it with Ctrl+C.
            """);
        var stopped = new TaskCompletionSource();
        await using (cancellationToken.Register(stopped.SetResult))
        {
            await stopped.Task;
        }
    }
}
