using TicketTriage.Helpdesks;
using TicketTriage.Policies;

namespace TicketTriage.Host.Commands;

/// <summary>
/// A line for a helpdesk, and one for each thing that it lacks. A missing permission or field is no failure: tickets are triaged without
/// it. Credentials that don't work, and a webhook whose deliveries would be turned away, are.
/// </summary>
internal sealed class HelpdeskCheck(ConnectedHelpdesk connected, Taxonomy taxonomy, IConfiguration configuration)
{
    /// <summary>Stands for whatever address others know: the helpdesk's own record says it.</summary>
    private static readonly Uri AnyAddress = new("http://localhost/");

    private readonly string name = connected.Helpdesk.Name;

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var identity = await connected.Helpdesk.IdentifyAsync(cancellationToken);
            var groups = await connected.Helpdesk.ListGroupsAsync(cancellationToken);
            await SayAsync($"helpdesk {name}: ok, as {identity.Name} ({identity.Role}), {groups.Count} groups");
            return await CheckSetupAsync(connected.Setup, cancellationToken);
        }
        catch (Exception e) when (e is HelpdeskRefusedException or HelpdeskAwayException)
        {
            await SayAsync($"helpdesk {name}: {e.Message}");
            return false;
        }
    }

    private async Task<bool> CheckSetupAsync(IHelpdeskSetup setup, CancellationToken cancellationToken)
    {
        foreach (var finding in (await setup.CheckPermissionsAsync(cancellationToken)).Where(finding => !finding.IsGranted))
        {
            await SayAsync($"helpdesk {name} has no {finding.Name} for this service. {finding.Consequence}");
        }

        var configured = configuration[$"{HelpdeskOptions.Section}:{name}:{nameof(HelpdeskOptions.WebhookSecret)}"] ?? "";
        var wish = ConnectionWish.Of(name, AnyAddress, configured, taxonomy, configuration);
        foreach (var step in (await setup.PlanAsync(wish, cancellationToken)).Where(step => !step.IsThere))
        {
            var remedy = step.WhyNot ?? $"Run connect {name}.";
            await SayAsync($"helpdesk {name} lacks {step.Name}. {remedy}");
        }

        if (await FindSecretAsync(setup, wish, cancellationToken) is not { } secret || secret == configured)
        {
            return true;
        }

        await SayAsync(
            $"helpdesk {name}: the webhook signs with another secret than Helpdesks:{name}:WebhookSecret, so its deliveries are "
            + $"turned away; run connect {name}, or put the webhook's secret there.");
        return false;
    }

    /// <returns><see langword="null"/> also where the service may not see it: that is told as a missing permission.</returns>
    private static async Task<string?> FindSecretAsync(IHelpdeskSetup setup, SetupWish wish, CancellationToken cancellationToken)
    {
        try
        {
            return await setup.FindWebhookSecretAsync(wish, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == System.Net.HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private static Task SayAsync(string line) => Console.Out.WriteLineAsync(line);
}
