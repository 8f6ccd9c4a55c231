using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Audits;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Commands;
using TicketTriage.Host.Pages;
using TicketTriage.Insights;

namespace TicketTriage.Host.Connections;

/// <summary><c>/connections</c>: how each helpdesk's connection stands, how to set it up, and how to change its secret.</summary>
internal static class ConnectionPages
{
    private const int SecretBytes = 32;

    public static void MapConnectionPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections", ShowAsync).RequireAuthorization(Roles.Ops);
        routes.MapPost("/connections/{helpdesk}/secret", RollAsync).RequireAuthorization(Roles.Ops).AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        IConfiguration configuration,
        HelpdeskDirectory helpdesks,
        ConnectionStates states,
        CancellationToken cancellationToken) =>
        await PageAsync(context, rolled: null, configuration, helpdesks, states, cancellationToken);

    /// <summary>
    /// A new secret, shown this once. It counts when it stands in the configuration, where both count meanwhile. For Zendesk there is none to
    /// make: it signs with secrets of its own, and its page has the steps.
    /// </summary>
    private static async Task<IResult> RollAsync(
        string helpdesk,
        HttpContext context,
        IConfiguration configuration,
        HelpdeskDirectory helpdesks,
        ConnectionStates states,
        AuditLedger audit,
        Words words,
        CancellationToken cancellationToken)
    {
        if (!helpdesks.Names.Contains(helpdesk))
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words["No helpdesk of this name is configured."]);
        }

        if (IsZendesk(configuration.GetSection($"{HelpdeskOptions.Section}:{helpdesk}")))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status409Conflict,
                detail: words["Zendesk makes its signing secrets itself: the steps stand on the page Connections."]);
        }

        await audit.AddAsync(
            helpdesk, AuditActions.SecretMade, context.User.Identity?.Name ?? "somebody", "webhook secret", "{}", cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return await PageAsync(context, helpdesk, configuration, helpdesks, states, cancellationToken);
    }

    private static async Task<IResult> PageAsync(
        HttpContext context,
        string? rolled,
        IConfiguration configuration,
        HelpdeskDirectory helpdesks,
        ConnectionStates states,
        CancellationToken cancellationToken)
    {
        var connections = new List<ConnectionView>();
        foreach (var name in helpdesks.Names)
        {
            var section = configuration.GetSection($"{HelpdeskOptions.Section}:{name}");
            connections.Add(new ConnectionView(
                name,
                section[nameof(HelpdeskOptions.Kind)] ?? "",
                section[nameof(HelpdeskOptions.BaseUrl)] ?? "",
                $"{context.Request.Scheme}://{context.Request.Host}/webhooks/{name}",
                section[nameof(HelpdeskOptions.PreviousWebhookSecret)] is { Length: > 0 },
                await states.ReadAsync(name, cancellationToken),
                await states.ListQuotasAsync(name, cancellationToken))
            {
                IsZendesk = IsZendesk(section),
                ConnectCommand = $"dotnet TicketTriage.Host.dll connect {name} --address {context.Request.Scheme}://{context.Request.Host} --yes",
                SecretFile = GeneratedSecrets.PathOf(configuration, name),
                NewSecret = name == rolled ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) : null,
            });
        }

        return new RazorComponentResult<ConnectionsPage>(new { Connections = (IReadOnlyList<ConnectionView>)connections });
    }

    private static bool IsZendesk(IConfigurationSection section) =>
        string.Equals(section[nameof(HelpdeskOptions.Kind)], nameof(HelpdeskKind.Zendesk), StringComparison.OrdinalIgnoreCase);
}

/// <summary>A helpdesk's connection as its page shows it.</summary>
/// <param name="Webhook">The address that the helpdesk calls.</param>
/// <param name="IsRolling">The secret before still counts.</param>
public sealed record ConnectionView(
    string Name, string Kind, string BaseUrl, string Webhook, bool IsRolling, ConnectionState State, IReadOnlyList<QuotaState> Quotas)
{
    public bool IsZendesk { get; init; }

    /// <summary>Makes in the helpdesk what is missing, and reads its secret back.</summary>
    public required string ConnectCommand { get; init; }

    /// <summary>Where that command keeps the secret.</summary>
    public required string SecretFile { get; init; }

    /// <summary>Made for this one look; <see langword="null"/> otherwise.</summary>
    public string? NewSecret { get; init; }
}
