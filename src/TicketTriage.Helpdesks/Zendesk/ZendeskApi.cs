using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// The parts of Zendesk's Support API that are used here, by its own names; paths without <c>.json</c>, as its description has them.
/// </summary>
/// <param name="hasSuffix">The Help Center's paths end in <c>.json</c>: some accounts answer 415 without it.</param>
internal sealed class ZendeskApi(HelpdeskConnection connection, IZendeskCredentials credentials, HelpdeskMeter meter, bool hasSuffix)
{
    /// <summary>Zendesk's most for a page.</summary>
    private const int PageSize = 100;

    public ZendeskApi InBackground() => new(connection.InBackground(), credentials, meter, hasSuffix);

    public static async Task<ZendeskTokenAnswer> CreateTokenAsync(
        HelpdeskConnection connection, string clientId, string clientSecret, CancellationToken cancellationToken)
    {
        var request = new ZendeskTokenRequest(
            "client_credentials", clientId, clientSecret, "read write", (long)ZendeskAccessToken.Lifetime.TotalSeconds);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ZendeskJson.Default.ZendeskTokenRequest);
        var reply = await connection.SendAsync(
            new HelpdeskCall(HttpMethod.Post, "oauth/tokens", "an access token", body) { IsWrite = false, Kind = HelpdeskCallKind.Read },
            access: null, ZendeskJson.Default.ZendeskTokenAnswer, cancellationToken);
        return reply.Content;
    }

    /// <summary>What shows the account's own host who asks.</summary>
    public Task<AuthenticationHeaderValue> FindAccessAsync(CancellationToken cancellationToken) => credentials.GetAsync(cancellationToken).AsTask();

    public Task<ZendeskTicketAnswer> ShowTicketAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/{id}", $"ticket {id}", ZendeskJson.Default.ZendeskTicketAnswer, cancellationToken);

    /// <summary>A list of one: on some accounts, it is said, a ticket shown by itself leaves its service levels out.</summary>
    public Task<ZendeskTicketsPage> ShowTicketWithSlasAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/show_many?ids={id}&include=slas", $"the service levels of ticket {id}",
        ZendeskJson.Default.ZendeskTicketsPage, cancellationToken);

    /// <summary>In no description by Zendesk until 2026, and on some plans only.</summary>
    public Task<ZendeskSlas> ListPolicyMetricsAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/{id}/slas/policy_metrics", $"the service levels of ticket {id}",
        ZendeskJson.Default.ZendeskSlas, cancellationToken);

    /// <summary>For administrators; counts against the ten exports a minute.</summary>
    public Task<ZendeskMetricEventsPage> ListMetricEventsAsync(long startTime, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"api/v2/incremental/ticket_metric_events?start_time={startTime}"),
        "the events of service levels", ZendeskJson.Default.ZendeskMetricEventsPage, cancellationToken, HelpdeskCallKind.Export);

    /// <summary>The ticket that has changed last, with its service levels where the account shows them so.</summary>
    public Task<ZendeskTicketsPage> ListLatestTicketAsync(CancellationToken cancellationToken) => GetAsync(
        "api/v2/tickets?page%5Bsize%5D=1&sort=-updated_at&include=slas", "the tickets",
        ZendeskJson.Default.ZendeskTicketsPage, cancellationToken, HelpdeskCallKind.List);

    public Task<ZendeskCommentsPage> ListCommentsAsync(
        long id, bool newestFirst, string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/{id}/comments?include=users&include_inline_images=true&{Page(after)}&sort={(newestFirst ? "-" : "")}created_at",
        $"the comments of ticket {id}", ZendeskJson.Default.ZendeskCommentsPage, cancellationToken);

    public Task<HelpdeskReply<ZendeskUpdateAnswer>> UpdateTicketAsync(
        long id, ZendeskTicketUpdate change, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new ZendeskUpdate(change), ZendeskJson.Default.ZendeskUpdate);
        return SendAsync(
            new HelpdeskCall(HttpMethod.Put, $"api/v2/tickets/{id}", $"the change of ticket {id}", body),
            ZendeskJson.Default.ZendeskUpdateAnswer, cancellationToken);
    }

    public Task<ZendeskAuditsPage> ListAuditsAsync(long id, string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/{id}/audits?{Page(after)}&sort=-created_at",
        $"the audits of ticket {id}", ZendeskJson.Default.ZendeskAuditsPage, cancellationToken);

    public Task<ZendeskUserAnswer> ShowSelfAsync(CancellationToken cancellationToken) => GetAsync(
        "api/v2/users/me", "its own user", ZendeskJson.Default.ZendeskUserAnswer, cancellationToken);

    public Task<ZendeskGroupsPage> ListGroupsAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/groups?exclude_deleted=true&{Page(after)}", "the groups", ZendeskJson.Default.ZendeskGroupsPage, cancellationToken);

    /// <summary>All of them, without pages.</summary>
    public Task<ZendeskFieldsPage> ListTicketFieldsAsync(CancellationToken cancellationToken) => GetAsync(
        "api/v2/ticket_fields", "the ticket fields", ZendeskJson.Default.ZendeskFieldsPage, cancellationToken);

    public Task<ZendeskFieldAnswer> CreateTicketFieldAsync(ZendeskNewField field, CancellationToken cancellationToken) => WriteAsync(
        HttpMethod.Post, "api/v2/ticket_fields", "a new ticket field", new ZendeskFieldRequest(field),
        ZendeskJson.Default.ZendeskFieldRequest, ZendeskJson.Default.ZendeskFieldAnswer, cancellationToken);

    public Task<ZendeskFieldAnswer> UpdateTicketFieldAsync(
        long id, ZendeskNewField field, CancellationToken cancellationToken) => WriteAsync(
        HttpMethod.Put, $"api/v2/ticket_fields/{id}", $"ticket field {id}", new ZendeskFieldRequest(field),
        ZendeskJson.Default.ZendeskFieldRequest, ZendeskJson.Default.ZendeskFieldAnswer, cancellationToken);

    public Task<ZendeskUsersPage> ListAgentsAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/users?role%5B%5D=agent&role%5B%5D=admin&{Page(after)}", "the agents",
        ZendeskJson.Default.ZendeskUsersPage, cancellationToken);

    public Task<ZendeskUsersPage> SearchUsersAsync(string query, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/users/search?query={Uri.EscapeDataString(query)}", "a search for users",
        ZendeskJson.Default.ZendeskUsersPage, cancellationToken, HelpdeskCallKind.Search);

    public Task<ZendeskMembershipsPage> ListGroupMembershipsAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/group_memberships?{Page(after)}", "the members of the groups",
        ZendeskJson.Default.ZendeskMembershipsPage, cancellationToken);

    public Task<ZendeskAttributesAnswer> ListRoutingAttributesAsync(CancellationToken cancellationToken) => GetAsync(
        "api/v2/routing/attributes?include=attribute_values", "the skills", ZendeskJson.Default.ZendeskAttributesAnswer, cancellationToken);

    public Task<ZendeskAttributeValuesAnswer> ListRoutingAttributeValuesAsync(
        string attributeId, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/routing/attributes/{Uri.EscapeDataString(attributeId)}/values", "the skills",
        ZendeskJson.Default.ZendeskAttributeValuesAnswer, cancellationToken);

    /// <summary>The skills of up to a hundred agents; for those who may manage skills.</summary>
    public Task<ZendeskSkillsPage> ListManyAgentsSkillsAsync(
        IEnumerable<string> agentIds, string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/routing/agents/instance_values?filter%5Bagent_ids%5D={string.Join("%2C", agentIds)}&{Page(after)}",
        "the agents' skills", ZendeskJson.Default.ZendeskSkillsPage, cancellationToken);

    /// <summary>The skills of one agent; for every agent to read.</summary>
    public Task<ZendeskAttributeValuesAnswer> ListAgentSkillsAsync(string agentId, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/routing/agents/{agentId}/instance_values", "an agent's skills",
        ZendeskJson.Default.ZendeskAttributeValuesAnswer, cancellationToken);

    /// <summary>The skills that a ticket asks for; for every agent to read.</summary>
    public Task<ZendeskAttributeValuesAnswer> ListTicketSkillsAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/routing/tickets/{id}/instance_values", $"the skills of ticket {id}",
        ZendeskJson.Default.ZendeskAttributeValuesAnswer, cancellationToken);

    /// <summary>Needs omnichannel routing; for administrators.</summary>
    public Task<ZendeskAvailabilityPage> ListAgentAvailabilitiesAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/agent_availabilities?{Page(after)}", "who is available", ZendeskJson.Default.ZendeskAvailabilityPage, cancellationToken);

    public Task<ZendeskCount> CountTicketsAsync(string query, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/search/count?query={Uri.EscapeDataString(query)}", "a count of tickets",
        ZendeskJson.Default.ZendeskCount, cancellationToken,
        HelpdeskCallKind.Search);

    public Task<ZendeskArticlesPage> ListArticlesAsync(long startTime, CancellationToken cancellationToken) => GetAsync(
        string.Create(
            CultureInfo.InvariantCulture,
            $"api/v2/help_center/incremental/articles{(hasSuffix ? ".json" : "")}?start_time={startTime}&include=translations"),
        "the Help Center's articles", ZendeskJson.Default.ZendeskArticlesPage, cancellationToken);

    public Task<ZendeskMacrosPage> ListActiveMacrosAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/macros/active?access=shared&{Page(after)}", "the macros", ZendeskJson.Default.ZendeskMacrosPage, cancellationToken);

    public Task<ZendeskWebhooksPage> ListWebhooksAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/webhooks?{Page(after)}", "the webhooks", ZendeskJson.Default.ZendeskWebhooksPage, cancellationToken);

    public Task<ZendeskWebhookAnswer> CreateWebhookAsync(ZendeskWebhook webhook, CancellationToken cancellationToken) => WriteAsync(
        HttpMethod.Post, "api/v2/webhooks", "a new webhook", new ZendeskWebhookRequest(webhook),
        ZendeskJson.Default.ZendeskWebhookRequest, ZendeskJson.Default.ZendeskWebhookAnswer, cancellationToken);

    /// <summary>Changes what stands in <paramref name="change"/> and nothing else. Zendesk answers with no content.</summary>
    public Task<ZendeskWebhookAnswer> ChangeWebhookAsync(
        string webhookId, ZendeskWebhook change, CancellationToken cancellationToken) => WriteAsync(
        HttpMethod.Patch, $"api/v2/webhooks/{Uri.EscapeDataString(webhookId)}", "the webhook's events", new ZendeskWebhookRequest(change),
        ZendeskJson.Default.ZendeskWebhookRequest, ZendeskJson.Default.ZendeskWebhookAnswer, cancellationToken);

    public Task<ZendeskSecretAnswer> ShowSigningSecretAsync(string webhookId, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/webhooks/{Uri.EscapeDataString(webhookId)}/signing_secret", "the webhook's secret",
        ZendeskJson.Default.ZendeskSecretAnswer, cancellationToken);

    public Task<ZendeskTriggersPage> ListTriggersAsync(string? after, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/triggers?active=true&{Page(after)}", "the triggers", ZendeskJson.Default.ZendeskTriggersPage, cancellationToken);

    public Task<ZendeskTriggerAnswer> CreateTriggerAsync(ZendeskNewTrigger trigger, CancellationToken cancellationToken) => WriteAsync(
        HttpMethod.Post, "api/v2/triggers", "a new trigger", new ZendeskTriggerRequest(trigger),
        ZendeskJson.Default.ZendeskTriggerRequest, ZendeskJson.Default.ZendeskTriggerAnswer, cancellationToken);

    /// <summary>Begins an export; for administrators, ten calls a minute.</summary>
    /// <param name="since">At least a minute ago.</param>
    /// <param name="withMetrics">Adds when each was solved.</param>
    public Task<ZendeskExportPage> StartTicketExportAsync(DateTimeOffset since, bool withMetrics, CancellationToken cancellationToken) =>
        ExportAsync(string.Create(CultureInfo.InvariantCulture, $"start_time={since.ToUnixTimeSeconds()}"), withMetrics, cancellationToken);

    public Task<ZendeskExportPage> ContinueTicketExportAsync(string cursor, bool withMetrics, CancellationToken cancellationToken) =>
        ExportAsync($"cursor={Uri.EscapeDataString(cursor)}", withMetrics, cancellationToken);

    private Task<ZendeskExportPage> ExportAsync(string from, bool withMetrics, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/incremental/tickets/cursor?{from}{(withMetrics ? "&include=metric_sets" : "")}", "the changed tickets",
        ZendeskJson.Default.ZendeskExportPage, cancellationToken,
        HelpdeskCallKind.Export);

    private static string Page(string? after) => after is null
        ? $"page%5Bsize%5D={PageSize}"
        : $"page%5Bsize%5D={PageSize}&page%5Bafter%5D={Uri.EscapeDataString(after)}";

    private async Task<T> GetAsync<T>(
        string path,
        string about,
        JsonTypeInfo<T> content,
        CancellationToken cancellationToken,
        HelpdeskCallKind kind = HelpdeskCallKind.Read) =>
        (await SendAsync(new HelpdeskCall(HttpMethod.Get, path, about) { Kind = kind }, content, cancellationToken)).Content;

    private async Task<TAnswer> WriteAsync<TRequest, TAnswer>(
        HttpMethod method,
        string path,
        string about,
        TRequest request,
        JsonTypeInfo<TRequest> requestShape,
        JsonTypeInfo<TAnswer> content,
        CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestShape);
        return (await SendAsync(new HelpdeskCall(method, path, about, body), content, cancellationToken)).Content;
    }

    private async Task<HelpdeskReply<T>> SendAsync<T>(HelpdeskCall call, JsonTypeInfo<T> content, CancellationToken cancellationToken)
    {
        var reply = await SendWithAccessAsync(call, content, cancellationToken);
        if (reply.Warning is not null)
        {
            meter.Warned(connection.Helpdesk);
        }

        return reply;
    }

    private async Task<HelpdeskReply<T>> SendWithAccessAsync<T>(
        HelpdeskCall call, JsonTypeInfo<T> content, CancellationToken cancellationToken)
    {
        var access = await credentials.GetAsync(cancellationToken);
        try
        {
            return await connection.SendAsync(call, access, content, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == System.Net.HttpStatusCode.Unauthorized)
        {
            // Who isn't let in has changed nothing, so that a write too may be made again.
            if (await credentials.ReplaceAsync(access, cancellationToken) is not { } better)
            {
                throw;
            }

            return await connection.SendAsync(call, better, content, cancellationToken);
        }
    }
}
