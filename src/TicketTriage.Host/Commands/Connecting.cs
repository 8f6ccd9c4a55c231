using TicketTriage.Helpdesks;

namespace TicketTriage.Host.Commands;

/// <summary>The conversation of <c>connect</c>: what is there, what will be made, what can't be; then it is made.</summary>
/// <param name="configuration">Says where generated secrets live.</param>
internal sealed class Connecting(IHelpdesk helpdesk, IHelpdeskSetup setup, SetupWish wish, IConfiguration configuration)
{
    /// <param name="isAgreed">Nobody is asked.</param>
    /// <param name="configuredSecret">The webhook's secret as the operator configured it; <see langword="null"/> where nobody did.</param>
    /// <returns>True where nothing is left to make that could be made.</returns>
    public async Task<bool> RunAsync(bool isAgreed, string? configuredSecret, CancellationToken cancellationToken)
    {
        var identity = await helpdesk.IdentifyAsync(cancellationToken);
        var plan = await setup.PlanAsync(wish, cancellationToken);
        await SayAsync($"Helpdesk {helpdesk.Name}, as {identity.Name} ({identity.Role}):");
        foreach (var step in plan)
        {
            await SayAsync($"  {MarkOf(step)}  {step.What}{(step.WhyNot is { } why ? $" {why}" : "")}");
        }

        var open = plan.Where(step => step is { IsThere: false, WhyNot: null }).ToList();
        if (open.Count > 0 && !isAgreed && !await AskAsync(open.Count, cancellationToken))
        {
            await SayAsync("Nothing was changed.");
            return false;
        }

        var made = new List<SetupStep>();
        foreach (var step in open)
        {
            if (await CarryOutAsync(step, cancellationToken))
            {
                made.Add(step);
            }
        }

        // What delivers was made with the wished secret, where it isn't the helpdesk that chooses.
        var deliversNow = made.Exists(step => !step.Name.StartsWith("field-", StringComparison.Ordinal));
        var secret = await FindSecretAsync(cancellationToken) ?? (deliversNow ? wish.WebhookSecret : null);
        await KeepSecretAsync(secret, configuredSecret, cancellationToken);
        await SayAsync(made.Count == open.Count
            ? $"Now run check, then serve. Deliveries come to {wish.WebhookAddress}."
            : "Something is missing still; correct it and run connect again, which makes only what isn't there.");
        return made.Count == open.Count;
    }

    private static string MarkOf(SetupStep step) => step switch
    {
        { IsThere: true } => "there  ",
        { WhyNot: null } => "to make",
        _ => "missing",
    };

    private static async Task<bool> AskAsync(int steps, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            await SayAsync("Nobody is here to ask; --yes makes it without asking.");
            return false;
        }

        await Console.Out.WriteAsync($"Make what is missing ({steps})? [y/N] ");
        var answer = await Console.In.ReadLineAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes" or "j" or "ja";
    }

    private async Task<bool> CarryOutAsync(SetupStep step, CancellationToken cancellationToken)
    {
        try
        {
            await SayAsync($"  done     {await setup.CarryOutAsync(step, wish, cancellationToken)}");
            return true;
        }
        catch (HelpdeskRefusedException refused)
        {
            await SayAsync($"  failed   {step.What} {refused.Message}");
            return false;
        }
    }

    /// <summary>A secret on the screen ends up in scroll-backs and logs; so it goes into a file that the service reads by itself.</summary>
    private async Task KeepSecretAsync(string? secret, string? configuredSecret, CancellationToken cancellationToken)
    {
        var key = $"{HelpdeskOptions.Section}:{helpdesk.Name}:{nameof(HelpdeskOptions.WebhookSecret)}";
        if (secret is null)
        {
            var rest = configuredSecret is null ? $"put it into {key}" : $"{key} stays";
            await SayAsync($"The webhook's secret could not be read; {rest}.");
        }
        else if (secret != configuredSecret)
        {
            var path = await GeneratedSecrets.KeepAsync(configuration, helpdesk.Name, secret, cancellationToken);
            await SayAsync($"The webhook's secret is in {path}, for you alone to read; the service takes it from there.");
            await SayAsync(configuredSecret is null
                ? $"  A service elsewhere needs it as {key}."
                : $"  {key} has another one, which counts first: remove it, or put the new one there.");
        }
    }

    private async Task<string?> FindSecretAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await setup.FindWebhookSecretAsync(wish, cancellationToken);
        }
        catch (HelpdeskRefusedException refused)
        {
            await SayAsync($"  {refused.Message}");
            return null;
        }
    }

    private static Task SayAsync(string line) => Console.Out.WriteLineAsync(line);
}
