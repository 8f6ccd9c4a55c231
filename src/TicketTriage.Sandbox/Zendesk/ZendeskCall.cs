using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The calls of Zendesk's API that the sandbox knows.</summary>
internal enum ZendeskCall
{
    Unknown,
    CreateToken,
    ShowTicket,
    UpdateTicket,
    ShowManyTickets,
    ListComments,
    ListAudits,
    ExportTickets,
    ListGroups,
    ShowMe,
    ShowManyUsers,
}

/// <summary>A path taken apart.</summary>
/// <param name="Path">As it was called, without <c>.json</c>.</param>
/// <param name="Endpoint">Method and path with <c>{id}</c> in place of the ticket.</param>
internal readonly record struct ZendeskRoute(ZendeskCall Call, string Path, string Endpoint, long Id)
{
    private const string Tickets = "/api/v2/tickets/";

    public static ZendeskRoute Find(string method, string calledPath)
    {
        var path = calledPath.EndsWith(".json", StringComparison.Ordinal) ? calledPath[..^5] : calledPath;
        if (Match(method, path) is var whole && whole != ZendeskCall.Unknown)
        {
            return new(whole, path, Name(method, path), 0);
        }

        if (path.StartsWith(Tickets, StringComparison.Ordinal))
        {
            var rest = path[Tickets.Length..];
            var slash = rest.IndexOf('/');
            var (number, tail) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return new(MatchTicket(method, tail), path, Name(method, $"{Tickets}{{id}}{tail}"), id);
            }
        }

        return new(ZendeskCall.Unknown, path, Name(method, path), 0);
    }

    private static ZendeskCall Match(string method, string path) => (method, path) switch
    {
        ("POST", "/oauth/tokens") => ZendeskCall.CreateToken,
        ("GET", Tickets + "show_many") => ZendeskCall.ShowManyTickets,
        ("GET", "/api/v2/incremental/tickets/cursor") => ZendeskCall.ExportTickets,
        ("GET", "/api/v2/groups" or "/api/v2/groups/assignable") => ZendeskCall.ListGroups,
        ("GET", "/api/v2/users/me") => ZendeskCall.ShowMe,
        ("GET", "/api/v2/users/show_many") => ZendeskCall.ShowManyUsers,
        _ => ZendeskCall.Unknown,
    };

    private static ZendeskCall MatchTicket(string method, string tail) => (method, tail) switch
    {
        ("GET", "") => ZendeskCall.ShowTicket,
        ("PUT", "") => ZendeskCall.UpdateTicket,
        ("GET", "/comments") => ZendeskCall.ListComments,
        ("GET", "/audits") => ZendeskCall.ListAudits,
        _ => ZendeskCall.Unknown,
    };

    private static string Name(string method, string path) => $"{method} {path}";
}

/// <summary>What a call's handler needs of the request.</summary>
/// <param name="Body">The whole body; empty where there is none.</param>
internal sealed record ZendeskRequest(ZendeskRoute Route, IQueryCollection Query, ReadOnlyMemory<byte> Body)
{
    public long Id => Route.Id;

    public string? Ask(string name) => Query.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    /// <returns>The number, or <see langword="null"/> where it is missing or none.</returns>
    public long? AskNumber(string name) =>
        long.TryParse(Ask(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IEnumerable<long> AskIds() => (Ask("ids") ?? "")
        .Split(',', StringSplitOptions.TrimEntries)
        .Where(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(text => long.Parse(text, CultureInfo.InvariantCulture))
        .Take(100);
}
