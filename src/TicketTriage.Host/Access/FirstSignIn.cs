using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Host.Access;

/// <summary>
/// The way in for the first person, where nothing else lets anybody in: a link for whoever sees the terminal. Once somebody has come in,
/// there is none any more, whatever became of their key: later starts are read by others.
/// </summary>
internal sealed class FirstSignIn(IOptions<AccessOptions> options, StoredKeys stored, SignInLinks links, NpgsqlDataSource database)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="address">Where people reach the service.</param>
    /// <returns>What the terminal is to say; <see langword="null"/> where people can come in by what is configured.</returns>
    public async Task<string?> FindWordsAsync(Uri address, CancellationToken cancellationToken)
    {
        var access = options.Value;
        if (access.ApiKeys.Count > 0 || access.OpenIdConnect.IsUsed || access.Proxy.IsUsed
            || (await stored.ListAsync(cancellationToken)).Count > 0)
        {
            return null;
        }

        if (await HasSomebodyComeInAsync(cancellationToken))
        {
            return "Nobody can sign in: no way in is configured any more. Add a key under Access:ApiKeys and start again.";
        }

        return $"""

            Nobody has signed in yet, and no other way in is configured. This link signs in one person as admin, once, within an hour:

              {new Uri(Reachable(address), links.Create(Roles.Admin, Lifetime))}

            Make yourself a key there, on the page Access, before you leave: this sign-in ends with the process.

            """;
    }

    private static Uri Reachable(Uri address) => address.Host is "0.0.0.0" or "[::]" or "::"
        ? new UriBuilder(address) { Host = "localhost" }.Uri
        : address;

    private async Task<bool> HasSomebodyComeInAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select exists (select from audit_entries where action = '{AuditActions.SignedIn}')");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
