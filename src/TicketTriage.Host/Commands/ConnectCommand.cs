using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;

namespace TicketTriage.Host.Commands;

/// <summary><c>connect NAME</c>: makes in a helpdesk what a connection needs, after showing it and asking.</summary>
internal static class ConnectCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The helpdesk's name under Helpdesks in the configuration." };
        var address = new Option<string?>("--address")
        {
            Description = "Where the helpdesk reaches this service: https://triage.acme.example. Default: one of Urls that others can reach.",
        };
        var yes = new Option<bool>("--yes") { Description = "Makes everything without asking." };
        var command = new Command("connect", "Shows what a helpdesk has and lacks for the connection, asks, and makes what is missing.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Arguments.Add(name);
        command.Options.Add(address);
        command.Options.Add(yes);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(name), parsed.GetValue(address), parsed.GetValue(yes), Settings.From(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name, string? givenAddress, bool isAgreed, string[] settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        Settings.AddDefaults(builder.Configuration);
        ConfigurationKeys.Check(builder.Configuration);
        if (!builder.Configuration.GetSection($"{HelpdeskOptions.Section}:{name}:{nameof(HelpdeskOptions.Kind)}").Exists())
        {
            throw new InvalidOperationException(
                $"No helpdesk {name} is configured: add Helpdesks:{name}:Kind and its keys; docs/connect-zendesk.md shows them.");
        }

        var secretKey = $"{HelpdeskOptions.Section}:{name}:{nameof(HelpdeskOptions.WebhookSecret)}";
        var known = builder.Configuration[secretKey] is { Length: > 0 } secretThere ? secretThere : null;
        var configuredSecret = known == GeneratedSecrets.Read(builder.Configuration).GetValueOrDefault(secretKey) ? null : known;

        // Before the first connection there can be none; helpdesks that let their caller choose get this one.
        var secret = known ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        builder.Configuration[secretKey] = secret;
        builder.AddPolicies();
        builder.AddHelpdesks();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();

        var helpdesks = app.Services.GetRequiredService<HelpdeskDirectory>();
        var connected = helpdesks.Find(name)
            ?? throw new InvalidOperationException($"Helpdesk {name} is configured and was not connected.");

        if (ConnectionWish.FindAddress(givenAddress, builder.Configuration) is not { } address)
        {
            throw new UsageException("Where does the helpdesk reach this service? Name it with --address https://…; it ends in no path.");
        }

        var taxonomy = app.Services.GetRequiredService<PolicyDocument<Taxonomy>>().Content;
        var wish = ConnectionWish.Of(name, address, secret, taxonomy, builder.Configuration);
        var connecting = new Connecting(connected.Helpdesk, connected.Setup, wish, builder.Configuration);
        try
        {
            return await connecting.RunAsync(isAgreed, configuredSecret, cancellationToken) ? 0 : 1;
        }
        catch (Exception e) when (e is HelpdeskRefusedException or HelpdeskAwayException)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }
}
