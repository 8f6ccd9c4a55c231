using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>Where a private cluster keeps its things: <c>DataDirectory/postgres</c>.</summary>
internal sealed class ClusterFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string portFile;

    public ClusterFolder(string dataDirectory)
    {
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(dataDirectory, "postgres"));
        Data = System.IO.Path.Combine(Path, "data");
        UnfinishedData = System.IO.Path.Combine(Path, "data.unfinished-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
        PasswordFile = System.IO.Path.Combine(Path, "password");
        Log = System.IO.Path.Combine(Path, "server.log");
        portFile = System.IO.Path.Combine(Path, "port");
    }

    public string Path { get; }

    /// <summary>The server's own directory; it exists only when it was made to the end.</summary>
    public string Data { get; }

    /// <summary>
    /// Where it is made. No two processes make it in the same place: what makes it for a host that was killed works on for a moment,
    /// and would clear away another's.
    /// </summary>
    public string UnfinishedData { get; }

    public string PasswordFile { get; }

    public string Log { get; }

    public bool HasData => Directory.Exists(Data);

    /// <summary>The version that made the data.</summary>
    public int? DataVersion => HasData
        ? int.Parse(File.ReadAllText(System.IO.Path.Combine(Data, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture)
        : null;

    private string PidFile => System.IO.Path.Combine(Data, "postmaster.pid");

    public void Create() => Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Clears away what was cut short, makes the password, once, and gives all there is to the server's account. Only for the owner.</summary>
    public async Task PrepareAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        DeleteUnfinished();
        if (!File.Exists(PasswordFile) && !HasData)
        {
            // Written aside first: a half-written password would lock everybody out for good.
            var unfinished = PasswordFile + ".unfinished";
            File.Delete(unfinished);
            await using (var file = CreatePrivateFile(unfinished))
            {
                await file.WriteAsync(RandomNumberGenerator.GetHexString(48, lowercase: true));
            }

            File.Move(unfinished, PasswordFile);
        }

        if (!File.Exists(Log))
        {
            await using var file = CreatePrivateFile(Log);
        }

        await account.GiveAsync([Path, .. Directory.EnumerateFiles(Path)], cancellationToken);
        await account.RequireEntryAsync(Path, cancellationToken);
    }

    public string ReadPassword() => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile)
        : throw new PrivatePostgresException(
            $"The private database's password is missing: bring back {PasswordFile}, or delete {Path} to begin with an empty database.");

    /// <summary>Held by the one process that runs the server; the system releases it however that process ends.</summary>
    /// <returns><see langword="null"/> while another process holds it.</returns>
    public FileStream? TryOwn()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The port of last time, so that it stays the same where it can.</summary>
    public int? ReadPort() =>
        File.Exists(portFile) && int.TryParse(File.ReadAllText(portFile), CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <returns>The port of last time where nobody has taken it meanwhile, else any that is free.</returns>
    public int ChoosePort()
    {
        var port = ReadPort() is { } last && IsFree(last) ? last : FindFreePort();
        File.WriteAllText(portFile, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    /// <summary>The process that runs a server on these data, whoever started it.</summary>
    public async Task<int?> FindRunningServerAsync(CancellationToken cancellationToken) =>
        ReadServerPid() is { } pid && await IsOurServerAsync(pid, cancellationToken) ? pid : null;

    /// <summary>
    /// After a kill the server's note of its process stays, and that number may belong to somebody else by now, which the server
    /// would take for itself. It takes its parent's number for a stale one, yet still looks for backends that outlived it.
    /// </summary>
    public void DisownStalePid()
    {
        if (ReadServerPid() is null)
        {
            return;
        }

        var lines = File.ReadAllLines(PidFile);
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(PidFile, string.Join('\n', lines) + "\n");
    }

    private int? ReadServerPid()
    {
        try
        {
            return int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task<bool> IsOurServerAsync(int pid, CancellationToken cancellationToken)
    {
        var file = $"/proc/{pid}/cmdline";
        if (!OperatingSystem.IsLinux())
        {
            return (await ExternalCommand.RunAsync(["ps", "-p", $"{pid}", "-o", "args="], cancellationToken))
                .Text.Contains($"-D {Data} ", StringComparison.Ordinal);
        }

        try
        {
            return (await File.ReadAllTextAsync(file, cancellationToken)).Contains($"\0-D\0{Data}\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // The process is gone.
            return false;
        }
    }

    private void DeleteUnfinished()
    {
        foreach (var unfinished in Directory.EnumerateDirectories(Path, "data.unfinished-*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // Its maker outlived its host and is still at it. What stays is deleted at the next start.
                continue;
            }
        }
    }

    private static StreamWriter CreatePrivateFile(string file) =>
        new(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
