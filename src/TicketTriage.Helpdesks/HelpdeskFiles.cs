using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks;

/// <summary>
/// Fetches files from where the helpdesk keeps them, and from nowhere else. Guarantee: no request goes to a host that isn't one of
/// <paramref name="places"/>, whatever an address or a redirect names, and credentials go to the helpdesk's own address alone.
/// </summary>
/// <param name="places">The vendor's own hosts for files, beside the helpdesk's address.</param>
/// <param name="patience">For one file with all its redirects.</param>
internal sealed partial class HelpdeskFiles(
    string helpdesk, HttpClient http, IReadOnlyList<FilePlace> places, TimeSpan patience, TimeProvider clock, ILogger logger)
{
    /// <summary>Zendesk sends on once, to the address that it has signed.</summary>
    private const int MostRedirects = 3;

    /// <param name="findAccess">Asked only where the file lies at the helpdesk's own address.</param>
    /// <param name="mostBytes">A larger file is not read.</param>
    /// <returns>The file with its content, or with the reason why it has none: a ticket is understood without its files too.</returns>
    public async Task<HelpdeskAttachment> ReadAsync(
        HelpdeskAttachment file,
        int mostBytes,
        Func<CancellationToken, Task<AuthenticationHeaderValue>> findAccess,
        CancellationToken cancellationToken)
    {
        if (file.Bytes > mostBytes)
        {
            return file with { Unread = UnreadFile.TooLarge };
        }

        using var alarm = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alarm.Token);
        try
        {
            return await FetchAsync(file, mostBytes, findAccess, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotFetched(helpdesk, $"it took longer than {patience}");
            return file with { Unread = UnreadFile.Away };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or HelpdeskAwayException or HelpdeskRefusedException)
        {
            NotFetched(helpdesk, e.GetType().Name);
            return file with { Unread = UnreadFile.Away };
        }
    }

    private async Task<HelpdeskAttachment> FetchAsync(
        HelpdeskAttachment file,
        int mostBytes,
        Func<CancellationToken, Task<AuthenticationHeaderValue>> findAccess,
        CancellationToken cancellationToken)
    {
        var address = file.Address;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (address is null || !IsAllowed(address))
            {
                NotFetched(helpdesk, $"its address leads to {address?.Host ?? "nowhere"}, which is not the helpdesk's");
                return file with { Unread = UnreadFile.Elsewhere };
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("*/*");
            request.Headers.Authorization = IsHome(address) ? await findAccess(cancellationToken) : null;
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is >= 300 and < 400)
            {
                address = answer.Headers.Location is { } location ? new Uri(address, location) : null;
                continue;
            }

            if (!answer.IsSuccessStatusCode)
            {
                NotFetched(helpdesk, $"the answer was {(int)answer.StatusCode}");
                return file with { Unread = UnreadFile.Away };
            }

            return await ReadAtMostAsync(answer.Content, mostBytes, cancellationToken) is { } content
                ? file with { Content = content }
                : file with { Unread = UnreadFile.TooLarge };
        }

        NotFetched(helpdesk, "it is sent on again and again");
        return file with { Unread = UnreadFile.Elsewhere };
    }

    private bool IsHome(Uri address) => http.BaseAddress is { } home && home.IsBaseOf(address) && address.UserInfo.Length == 0;

    private bool IsAllowed(Uri address) => IsHome(address) || places.Any(place => place.Has(address));

    /// <summary>Counts what comes, packed or not: the size that was announced may be wrong.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAtMostAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[16_384];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (kept.Length + count > most)
            {
                return null;
            }

            await kept.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return kept.ToArray();
    }

    [LoggerMessage(LogLevel.Information, "A file of helpdesk {Helpdesk} was not fetched: {Reason}.")]
    private partial void NotFetched(string helpdesk, string reason);
}

/// <summary>A host where a vendor keeps files; reached by https alone.</summary>
/// <param name="Host">With a dot before it, all hosts below it too.</param>
/// <param name="Path">What the path begins with, where others keep theirs on the same host.</param>
internal sealed record FilePlace(string Host, string Path = "/")
{
    public bool Has(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0
        && (Host.StartsWith('.')
            ? address.IdnHost.EndsWith(Host, StringComparison.OrdinalIgnoreCase)
            : string.Equals(address.IdnHost, Host, StringComparison.OrdinalIgnoreCase))
        && address.AbsolutePath.StartsWith(Path, StringComparison.Ordinal);
}
