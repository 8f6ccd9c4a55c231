using System.Net;
using System.Net.Http.Headers;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// OAuth client credentials. The token is asked for when it is first needed, renewed before it ends, and replaced when Zendesk refuses it;
/// however many calls need one at the same time, one asks and the others wait for its answer.
/// </summary>
/// <param name="askAsync">Asks Zendesk for a token. Its cancellation is its own: it belongs to all who wait.</param>
internal sealed class ZendeskAccessToken(Func<Task<ZendeskTokenAnswer>> askAsync, TimeProvider clock) : IZendeskCredentials
{
    /// <summary>Asked for explicitly: older clients get a token without an end otherwise. Zendesk takes 5 minutes to 2 days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestHeadStart = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private Token? current;
    private Task<Token>? underWay;

    public async ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken)
    {
        Task<Token> flight;
        lock (gate)
        {
            if (current is { } token && clock.GetUtcNow() < token.RenewAt)
            {
                return token.Header;
            }

            flight = JoinFlight();
        }

        return (await flight.WaitAsync(cancellationToken)).Header;
    }

    public async ValueTask<AuthenticationHeaderValue?> ReplaceAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Many calls are refused together; only the first of them does away with the token, not with its successor.
            if (current?.Header.Equals(refused) == true)
            {
                current = null;
            }
        }

        return await GetAsync(cancellationToken);
    }

    private Task<Token> JoinFlight()
    {
        if (underWay is null or { IsCompleted: true })
        {
            underWay = FetchAsync();
        }

        return underWay;
    }

    private async Task<Token> FetchAsync()
    {
        // Leaves the caller's lock before anything can happen.
        await Task.Yield();

        var askedAt = clock.GetUtcNow();
        var answer = await askAsync();
        if (string.IsNullOrEmpty(answer.AccessToken))
        {
            throw new HelpdeskAwayException("Zendesk answered the request for an access token without one.", null, mayHaveArrived: false)
            {
                Status = HttpStatusCode.OK,
            };
        }

        var lifetime = answer.ExpiresIn is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : Lifetime;
        var headStart = lifetime / 5 < LongestHeadStart ? lifetime / 5 : LongestHeadStart;
        var token = new Token(new AuthenticationHeaderValue("Bearer", answer.AccessToken), askedAt + lifetime - headStart);
        lock (gate)
        {
            current = token;
        }

        return token;
    }

    private sealed record Token(AuthenticationHeaderValue Header, DateTimeOffset RenewAt);
}
