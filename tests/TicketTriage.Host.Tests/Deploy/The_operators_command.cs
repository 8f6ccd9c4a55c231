using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>deploy/systemd/tickettriage, with programs in the place of the service, of other users and of root.</summary>
[CancelAfter(60_000)]
internal sealed class The_operators_command
{
    private const string Connection = "Host=db;Database=tickettriage;Username=service;Password=a$b c";

    [Test]
    public async Task Has_the_services_settings_and_user_wherever_it_is_called()
    {
        using var folder = await MachineAsync(user: "0");

        var run = await Script.RunAsync(
            Path.Combine(Repository.Root, "deploy/systemd/tickettriage"), EnvironmentOf(folder), "audit", "verify", "--heads", "/mnt/audit heads");

        Assert.That(
            (run.ExitCode, run.Output.Split('\n')),
            Is.EqualTo((
                3,
                (string[])
                [
                    "user: tickettriage",
                    $"folder: {folder.Path}/etc",
                    $"database: {Connection}",
                    "data: /var/lib/tickettriage",
                    "key: 0123",
                    $"arguments: {folder.Path}/opt/TicketTriage.Host.dll|audit|verify|--heads|/mnt/audit heads|",
                ])),
            $"{run}");
    }

    [Test]
    public async Task Is_for_root()
    {
        using var folder = await MachineAsync(user: "1000");

        var run = await Script.RunAsync(Path.Combine(Repository.Root, "deploy/systemd/tickettriage"), EnvironmentOf(folder), "replay");

        Assert.That((run.ExitCode, run.Output, run.Errors.EndsWith("run this as root.", StringComparison.Ordinal)), Is.EqualTo((1, "", true)), $"{run}");
    }

    private static async Task<TemporaryFolder> MachineAsync(string user)
    {
        var folder = new TemporaryFolder();
        var settings = Directory.CreateDirectory(Path.Combine(folder.Path, "etc")).FullName;
        await File.WriteAllTextAsync(Path.Combine(settings, "secrets.env"), $"ConnectionStrings__TicketTriage='{Connection}'\n");
        await File.WriteAllTextAsync(Path.Combine(settings, "secrets.key"), "0123");
        await folder.AddProgramAsync("id", $"echo {user}");
        await folder.AddProgramAsync("runuser", """[[ $1 == -u && $3 == -- ]] && AS=$2 exec "${@:4}" """);
        await folder.AddProgramAsync(
            "dotnet",
            """
            echo "user: $AS"
            echo "folder: $PWD"
            echo "database: $ConnectionStrings__TicketTriage"
            echo "data: $DataDirectory"
            echo "key: $(cat "$Secrets__KeyFile")"
            echo "arguments: $(printf '%s|' "$@")"
            exit 3
            """);
        return folder;
    }

    private static Dictionary<string, string> EnvironmentOf(TemporaryFolder folder) => new()
    {
        ["PATH"] = $"{folder.Path}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        ["TICKETTRIAGE_PROGRAM"] = $"{folder.Path}/opt",
        ["TICKETTRIAGE_SETTINGS"] = $"{folder.Path}/etc",
    };
}
