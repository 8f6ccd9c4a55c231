using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// The parts of Freshdesk's API that are used here, by its own names. Each <c>include</c> costs a call more, on lists two more.
/// </summary>
internal sealed class FreshdeskApi(HelpdeskConnection connection, string apiKey)
{
    /// <summary>Freshdesk's most for a page; conversations come by thirty whatever is asked.</summary>
    public const int PageSize = 100;

    /// <summary>Freshdesk lists no ticket beyond.</summary>
    public const int LastTicketPage = 300;

    // The key is the name; what stands as the password isn't looked at.
    private readonly AuthenticationHeaderValue access =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{apiKey}:X")));

    /// <summary>The same calls for work that nobody waits for.</summary>
    public FreshdeskApi InBackground() => new(connection.InBackground(), apiKey);

    /// <summary>What shows the account's own host who asks.</summary>
    public Task<AuthenticationHeaderValue> FindAccessAsync(CancellationToken cancellationToken) => Task.FromResult(access);

    /// <param name="include">requester, conversations and stats, with commas between them; <see langword="null"/> for none.</param>
    public async Task<FreshdeskTicket> ViewTicketAsync(long id, string? include, CancellationToken cancellationToken)
    {
        var call = new HelpdeskCall(HttpMethod.Get, $"api/v2/tickets/{id}{(include is null ? "" : $"?include={include}")}", $"ticket {id}")
        {
            Cost = 1 + (include?.Split(',').Length ?? 0),
        };
        return (await connection.SendAsync(call, access, FreshdeskJson.Default.FreshdeskTicket, cancellationToken)).Content;
    }

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskConversation>>> ListConversationsAsync(
        long id, bool archived, int page, CancellationToken cancellationToken) => PageAsync(
        $"tickets/{(archived ? "archived/" : "")}{id}/conversations?page={page}",
        $"the conversations of ticket {id}", FreshdeskJson.Default.IReadOnlyListFreshdeskConversation, cancellationToken);

    /// <summary>Finds tickets that were closed and left alone for four months; <see cref="ViewTicketAsync"/> no longer does.</summary>
    public Task<FreshdeskTicket> ViewArchivedTicketAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"tickets/archived/{id}", $"ticket {id}", FreshdeskJson.Default.FreshdeskTicket, cancellationToken);

    /// <summary>Lists tickets with their stats in the order of their changes; without those that are spam or deleted.</summary>
    /// <param name="page">1 to <see cref="LastTicketPage"/>.</param>
    public Task<HelpdeskReply<IReadOnlyList<FreshdeskTicket>>> ListTicketsAsync(
        DateTimeOffset updatedSince, int page, CancellationToken cancellationToken)
    {
        var query = $"updated_since={Second(updatedSince)}&order_by=updated_at&order_type=asc&per_page={PageSize}&page={page}";
        var call = new HelpdeskCall(HttpMethod.Get, $"api/v2/tickets?{query}&include=stats", "the changed tickets")
        {
            Kind = HelpdeskCallKind.List,
            Cost = 3,
        };
        return connection.SendAsync(call, access, FreshdeskJson.Default.IReadOnlyListFreshdeskTicket, cancellationToken);
    }

    public Task<IReadOnlyList<FreshdeskCustomer>> ListContactsAsync(string email, CancellationToken cancellationToken) => GetAsync(
        $"contacts?email={Uri.EscapeDataString(email)}", "a search for a contact",
        FreshdeskJson.Default.IReadOnlyListFreshdeskCustomer, cancellationToken);

    /// <param name="query">In Freshdesk's own language, without the quotation marks around it; up to 510 letters.</param>
    public Task<FreshdeskSearchPage> SearchTicketsAsync(string query, CancellationToken cancellationToken) => GetAsync(
        $"search/tickets?query={Uri.EscapeDataString($"\"{query}\"")}",
        "a search for tickets", FreshdeskJson.Default.FreshdeskSearchPage, cancellationToken, HelpdeskCallKind.Search);

    public Task<FreshdeskTicket> UpdateTicketAsync(long id, FreshdeskUpdate change, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, $"tickets/{id}", $"the change of ticket {id}",
        change, FreshdeskJson.Default.FreshdeskUpdate, FreshdeskJson.Default.FreshdeskTicket, cancellationToken, HelpdeskCallKind.Update);

    public Task<FreshdeskConversation> CreateNoteAsync(long id, FreshdeskNote note, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, $"tickets/{id}/notes", $"the note on ticket {id}",
        note, FreshdeskJson.Default.FreshdeskNote, FreshdeskJson.Default.FreshdeskConversation, cancellationToken);

    /// <summary>Replaces the ticket's summary, and is repeated like a read: written twice it is the same.</summary>
    public async Task<FreshdeskSummary> UpdateSummaryAsync(long id, FreshdeskSummary summary, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(summary, FreshdeskJson.Default.FreshdeskSummary);
        var call = new HelpdeskCall(HttpMethod.Put, $"api/v2/tickets/{id}/summary", $"the summary of ticket {id}", body)
        {
            IsWrite = false,
            Kind = HelpdeskCallKind.Read,
        };
        return (await connection.SendAsync(call, access, FreshdeskJson.Default.FreshdeskSummary, cancellationToken)).Content;
    }

    public Task<FreshdeskAgent> ViewSelfAsync(CancellationToken cancellationToken) => GetAsync(
        "agents/me", "its own agent", FreshdeskJson.Default.FreshdeskAgent, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskAgent>>> ListAgentsAsync(int page, CancellationToken cancellationToken) => PageAsync(
        $"agents?per_page={PageSize}&page={page}", "the agents", FreshdeskJson.Default.IReadOnlyListFreshdeskAgent, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskAgent>>> ListAvailabilityAsync(int page, CancellationToken cancellationToken) =>
        PageAsync(
            $"agents?only=availability&per_page={PageSize}&page={page}",
            "the agents' availability", FreshdeskJson.Default.IReadOnlyListFreshdeskAgent, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskGroup>>> ListGroupsAsync(int page, CancellationToken cancellationToken) => PageAsync(
        $"groups?per_page={PageSize}&page={page}", "the groups", FreshdeskJson.Default.IReadOnlyListFreshdeskGroup, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskSkill>>> ListSkillsAsync(int page, CancellationToken cancellationToken) => PageAsync(
        $"admin/skills?per_page={PageSize}&page={page}", "the skills",
        FreshdeskJson.Default.IReadOnlyListFreshdeskSkill, cancellationToken);

    /// <summary>For every agent who may create tickets; tells of groups and agents too, as the choices of their fields.</summary>
    public Task<IReadOnlyList<FreshdeskField>> ListTicketFieldsAsync(CancellationToken cancellationToken) => GetAsync(
        "ticket_fields", "the ticket fields", FreshdeskJson.Default.IReadOnlyListFreshdeskField, cancellationToken);

    /// <summary>For administrators.</summary>
    public Task<IReadOnlyList<FreshdeskField>> ListAdminTicketFieldsAsync(CancellationToken cancellationToken) => GetAsync(
        "admin/ticket_fields", "the ticket fields", FreshdeskJson.Default.IReadOnlyListFreshdeskField, cancellationToken);

    public Task<FreshdeskField> ViewAdminTicketFieldAsync(long id, CancellationToken cancellationToken) => GetAsync(
        $"admin/ticket_fields/{id}", $"ticket field {id}", FreshdeskJson.Default.FreshdeskField, cancellationToken);

    public Task<FreshdeskField> CreateTicketFieldAsync(FreshdeskNewField field, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, "admin/ticket_fields", $"the ticket field {field.Label}",
        field, FreshdeskJson.Default.FreshdeskNewField, FreshdeskJson.Default.FreshdeskField, cancellationToken);

    public Task<FreshdeskField> UpdateTicketFieldAsync(
        long id, FreshdeskFieldChoices choices, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, $"admin/ticket_fields/{id}", $"the choices of ticket field {id}",
        choices, FreshdeskJson.Default.FreshdeskFieldChoices, FreshdeskJson.Default.FreshdeskField, cancellationToken);

    /// <param name="type">1 for rules on new tickets, 4 for rules on updates.</param>
    public Task<FreshdeskRules> ListRulesAsync(int type, CancellationToken cancellationToken) => GetAsync(
        $"automations/{type}/rules", "the automation rules", FreshdeskJson.Default.FreshdeskRules, cancellationToken);

    public Task<FreshdeskRule> CreateRuleAsync(int type, FreshdeskNewRule rule, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, $"automations/{type}/rules", $"the automation rule \"{rule.Name}\"",
        rule, FreshdeskJson.Default.FreshdeskNewRule, FreshdeskJson.Default.FreshdeskRule, cancellationToken);

    public Task<FreshdeskRule> UpdateRuleAsync(int type, long id, FreshdeskNewRule rule, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, $"automations/{type}/rules/{id}", $"the automation rule \"{rule.Name}\"",
        rule, FreshdeskJson.Default.FreshdeskNewRule, FreshdeskJson.Default.FreshdeskRule, cancellationToken);

    public Task<IReadOnlyList<FreshdeskCategory>> ListCategoriesAsync(CancellationToken cancellationToken) => GetAsync(
        $"solutions/categories?per_page={PageSize}", "the solution categories",
        FreshdeskJson.Default.IReadOnlyListFreshdeskCategory, cancellationToken);

    public Task<IReadOnlyList<FreshdeskFolder>> ListFoldersAsync(long category, CancellationToken cancellationToken) => GetAsync(
        $"solutions/categories/{category}/folders?per_page={PageSize}", $"the folders of solution category {category}",
        FreshdeskJson.Default.IReadOnlyListFreshdeskFolder, cancellationToken);

    public Task<IReadOnlyList<FreshdeskFolder>> ListSubfoldersAsync(long folder, CancellationToken cancellationToken) => GetAsync(
        $"solutions/folders/{folder}/subfolders?per_page={PageSize}", $"the folders in solution folder {folder}",
        FreshdeskJson.Default.IReadOnlyListFreshdeskFolder, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskArticle>>> ListArticlesAsync(
        long folder, int page, CancellationToken cancellationToken) => PageAsync(
        $"solutions/folders/{folder}/articles?per_page={PageSize}&page={page}", $"the articles in solution folder {folder}",
        FreshdeskJson.Default.IReadOnlyListFreshdeskArticle, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskRating>>> ListRatingsAsync(
        DateTimeOffset createdSince, int page, CancellationToken cancellationToken) => PageAsync(
        $"surveys/satisfaction_ratings?created_since={Second(createdSince)}&per_page={PageSize}&page={page}", "the ratings of customers",
        FreshdeskJson.Default.IReadOnlyListFreshdeskRating, cancellationToken);

    public Task<IReadOnlyList<FreshdeskResponseFolder>> ListResponseFoldersAsync(CancellationToken cancellationToken) => GetAsync(
        "canned_response_folders", "the folders of canned responses",
        FreshdeskJson.Default.IReadOnlyListFreshdeskResponseFolder, cancellationToken);

    public Task<HelpdeskReply<IReadOnlyList<FreshdeskResponse>>> ListResponsesAsync(
        long folder, int page, CancellationToken cancellationToken) => PageAsync(
        $"canned_response_folders/{folder}/responses?per_page={PageSize}&page={page}", $"the canned responses in folder {folder}",
        FreshdeskJson.Default.IReadOnlyListFreshdeskResponse, cancellationToken);

    private static string Second(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<T> GetAsync<T>(
        string path,
        string about,
        JsonTypeInfo<T> content,
        CancellationToken cancellationToken,
        HelpdeskCallKind kind = HelpdeskCallKind.Read) => (await PageAsync(path, about, content, cancellationToken, kind)).Content;

    private Task<HelpdeskReply<T>> PageAsync<T>(
        string path,
        string about,
        JsonTypeInfo<T> content,
        CancellationToken cancellationToken,
        HelpdeskCallKind kind = HelpdeskCallKind.Read) =>
        connection.SendAsync(new HelpdeskCall(HttpMethod.Get, $"api/v2/{path}", about) { Kind = kind }, access, content, cancellationToken);

    /// <param name="kind">Only updates of tickets have a limit of their own; whatever else is written counts as a read does.</param>
    private async Task<T> SendAsync<TBody, T>(
        HttpMethod method,
        string path,
        string about,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<T> content,
        CancellationToken cancellationToken,
        HelpdeskCallKind kind = HelpdeskCallKind.Read)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, bodyType);
        var call = new HelpdeskCall(method, $"api/v2/{path}", about, bytes) { Kind = kind };
        return (await connection.SendAsync(call, access, content, cancellationToken)).Content;
    }
}
