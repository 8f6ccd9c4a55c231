namespace TicketTriage.Helpdesks;

/// <summary>Connects the helpdesk with this service: what has to be there, what is, and what is made. Throws as <see cref="IHelpdesk"/> does.</summary>
public interface IHelpdeskSetup
{
    /// <summary>What a whole connection consists of, in the order in which it is made. Changes nothing.</summary>
    Task<IReadOnlyList<SetupStep>> PlanAsync(SetupWish wish, CancellationToken cancellationToken);

    /// <summary>Makes one step of the plan; does nothing where it is there already.</summary>
    /// <returns>A sentence about what was made.</returns>
    Task<string> CarryOutAsync(SetupStep planned, SetupWish wish, CancellationToken cancellationToken);

    /// <summary>The secret that signs, or stands in, the deliveries of the webhook.</summary>
    /// <returns><see langword="null"/> where there is no webhook of this service, or the helpdesk doesn't show it.</returns>
    Task<string?> FindWebhookSecretAsync(SetupWish wish, CancellationToken cancellationToken);

    /// <summary>Tries, by reading only, each permission that this service can use.</summary>
    Task<IReadOnlyList<PermissionFinding>> CheckPermissionsAsync(CancellationToken cancellationToken);
}

/// <param name="WebhookAddress">
/// Where deliveries go, reachable from the helpdesk: <c>https://triage.acme.example/webhooks/acme</c>. One of loopback, which no helpdesk
/// elsewhere reaches, stands in a plan for any with the same path: whoever only checks need not know the address from outside.
/// </param>
/// <param name="WebhookSecret">What the deliveries carry where the helpdesk lets its caller choose; it makes its own otherwise.</param>
/// <param name="TagPrefix">The prefix of the service's tags.</param>
/// <param name="FieldValues">The values that a field offers, where it is a choice.</param>
public sealed record SetupWish(
    Uri WebhookAddress, string WebhookSecret, string TagPrefix, IReadOnlyDictionary<TriageField, IReadOnlyList<string>> FieldValues);

/// <param name="Name">Names the step among those of its plan, such as <c>webhook</c> or <c>field-intent</c>.</param>
/// <param name="What">A sentence for the person who is asked.</param>
/// <param name="IsThere">Nothing is left to do.</param>
/// <param name="WhyNot">A sentence: why it can't be made with these permissions, and what then doesn't work; <see langword="null"/> where it can.</param>
public sealed record SetupStep(string Name, string What, bool IsThere, string? WhyNot = null);

/// <param name="Name">What the permission is for, in a few words.</param>
/// <param name="IsGranted">False where the helpdesk refused.</param>
/// <param name="Consequence">What doesn't work without it, in a sentence.</param>
public sealed record PermissionFinding(string Name, bool IsGranted, string Consequence);
