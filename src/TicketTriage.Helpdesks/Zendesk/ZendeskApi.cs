using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// The parts of Zendesk's Support API that are used here, by its own names; paths without <c>.json</c>, as its description has them.
/// </summary>
internal sealed class ZendeskApi(HelpdeskConnection connection, IZendeskCredentials credentials)
{
    /// <summary>Zendesk's most for a page.</summary>
    private const int PageSize = 100;

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

    public Task<ZendeskTicketAnswer> ShowTicketAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/tickets/{id}", $"ticket {id}", ZendeskJson.Default.ZendeskTicketAnswer, cancellationToken);

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

    /// <summary>Begins an export; for administrators, ten calls a minute.</summary>
    /// <param name="since">At least a minute ago.</param>
    public Task<ZendeskExportPage> StartTicketExportAsync(DateTimeOffset since, CancellationToken cancellationToken) => ExportAsync(
        string.Create(CultureInfo.InvariantCulture, $"start_time={since.ToUnixTimeSeconds()}"), cancellationToken);

    public Task<ZendeskExportPage> ContinueTicketExportAsync(string cursor, CancellationToken cancellationToken) => ExportAsync(
        $"cursor={Uri.EscapeDataString(cursor)}", cancellationToken);

    private Task<ZendeskExportPage> ExportAsync(string from, CancellationToken cancellationToken) => GetAsync(
        $"api/v2/incremental/tickets/cursor?{from}", "the changed tickets", ZendeskJson.Default.ZendeskExportPage, cancellationToken,
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

    private async Task<HelpdeskReply<T>> SendAsync<T>(HelpdeskCall call, JsonTypeInfo<T> content, CancellationToken cancellationToken)
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
