using System.Net.Http.Headers;
using System.Text;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>What a call shows to be let in.</summary>
internal interface IZendeskCredentials
{
    ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken);

    /// <summary>Looks for something better than what was refused.</summary>
    /// <returns><see langword="null"/> when there is nothing better.</returns>
    ValueTask<AuthenticationHeaderValue?> ReplaceAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken);
}

/// <summary>Zendesk's older way in: basic authentication with an agent's address and an API token. It never changes.</summary>
internal sealed class ZendeskApiToken(string email, string apiToken) : IZendeskCredentials
{
    private readonly AuthenticationHeaderValue header =
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}/token:{apiToken}")));

    public ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken) => new(header);

    public ValueTask<AuthenticationHeaderValue?> ReplaceAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken) =>
        new((AuthenticationHeaderValue?)null);
}
