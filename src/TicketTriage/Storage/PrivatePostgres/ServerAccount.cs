using System.Globalization;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>
/// As whom the server runs. PostgreSQL refuses root, so root lends it another account; anybody else runs it as themselves.
/// </summary>
internal sealed class ServerAccount
{
    private readonly string? ids;
    private readonly string name;

    private ServerAccount(string? ids, string name) => (this.ids, this.name) = (ids, name);

    /// <param name="folder">Where the cluster is or will be. Its owner stays the one who runs it, whoever starts the service.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<ServerAccount> ChooseAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null, Environment.UserName);
        }

        if (Directory.Exists(folder))
        {
            var owner = await ExternalCommand.RunAsync(["stat", "-c", "%u:%g %U", folder], cancellationToken);
            if (owner.IsSuccess && owner.Text.Split(' ') is [var found, var user] && !found.StartsWith("0:", StringComparison.Ordinal))
            {
                return new ServerAccount(found, user);
            }
        }

        foreach (var user in (string[])["postgres", "nobody"])
        {
            var uid = await ExternalCommand.RunAsync(["id", "-u", user], cancellationToken);
            var gid = await ExternalCommand.RunAsync(["id", "-g", user], cancellationToken);
            if (uid.IsSuccess && gid.IsSuccess)
            {
                return new ServerAccount($"{uid.Text}:{gid.Text}", user);
            }
        }

        throw new PrivatePostgresException(
            "PostgreSQL refuses to run as root and this machine has no user `postgres` or `nobody`: start TicketTriage as an ordinary user.");
    }

    /// <summary>Puts in front of a command what runs it as this account.</summary>
    public IReadOnlyList<string> Lend(params IReadOnlyList<string> commandLine) =>
        ids?.Split(':') is [var uid, var gid]
            ? ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--", .. commandLine]
            : commandLine;

    /// <summary>
    /// The same for the server itself, which gets a session of its own, so that Ctrl+C in our terminal reaches only us and we stop it last,
    /// and which ends when we are killed. Where the machine lacks these programs it goes without: an orphan is stopped at the next start.
    /// </summary>
    public async Task<IReadOnlyList<string>> LendToServerAsync(IReadOnlyList<string> commandLine, CancellationToken cancellationToken)
    {
        string[] session = (await ExternalCommand.RunAsync(["setsid", "true"], cancellationToken)).IsSuccess ? ["setsid"] : [];
        string[] end = ["setpriv", "--pdeathsig", "INT"];
        if (!(await ExternalCommand.RunAsync([.. end, "true"], cancellationToken)).IsSuccess)
        {
            return [.. session, .. Lend(commandLine)];
        }

        var lent = Lend(commandLine);
        return ids is null ? [.. session, .. end, "--", .. lent] : [.. session, .. end, .. lent.Skip(1)];
    }

    /// <summary>Makes the files this account's own.</summary>
    public async Task GiveAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        if (ids is null)
        {
            return;
        }

        var answer = await ExternalCommand.RunAsync(["chown", "-h", ids, .. files], cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new PrivatePostgresException($"The private database's files can't be given to the user {name}: {answer.Text}.");
        }
    }

    /// <exception cref="PrivatePostgresException">The account can't reach the folder.</exception>
    public async Task RequireEntryAsync(string folder, CancellationToken cancellationToken)
    {
        var answer = await ExternalCommand.RunAsync(Lend("test", "-x", Path.Combine(folder, ".")), cancellationToken);
        if (answer.IsSuccess)
        {
            return;
        }

        if (answer.ExitCode == 127)
        {
            throw new PrivatePostgresException(
                "PostgreSQL refuses to run as root and this machine has no `setpriv` to change the user: start TicketTriage as an ordinary user.");
        }

        var closed = Parents(folder).Reverse().FirstOrDefault(parent => !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute));
        throw new PrivatePostgresException(string.Create(CultureInfo.InvariantCulture,
            $"The user {name}, as whom PostgreSQL runs, may not enter {closed ?? folder}: set DataDirectory to a folder outside it, such as /var/lib/tickettriage."));
    }

    private static IEnumerable<string> Parents(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
