using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>A version is checked, and its tables made, before Compose ends a container of the old one.</summary>
[CancelAfter(120_000)]
internal sealed class Upgrading_with_compose
{
    [TestCase("nothing", ExpectedResult = "0: build, run --rm --no-deps -T web check, run --rm --no-deps -T migrate, up --detach")]
    [TestCase("build", ExpectedResult = "1: build")]
    [TestCase("check", ExpectedResult = "1: build, run --rm --no-deps -T web check")]
    [TestCase("migrate", ExpectedResult = "1: build, run --rm --no-deps -T web check, run --rm --no-deps -T migrate")]
    public async Task<string> Containers_are_replaced_only_once_the_version_is_checked_and_the_tables_are_made(string fails)
    {
        using var folder = new TemporaryFolder();
        await folder.AddProgramAsync(
            "docker",
            $$"""
            [[ $1 == compose && $2 == --file && -f $3 ]] || { echo "unplanned: $*" >> "$CALLS"; exit 0; }
            shift 3
            echo "$*" >> "$CALLS"
            for last; do :; done
            [[ $last != {{fails}} ]]
            """);
        var calls = Path.Combine(folder.Path, "calls");

        var run = await Script.RunAsync(
            Path.Combine(Repository.Root, "deploy", "compose-upgrade.sh"), new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["CALLS"] = calls,
            });

        var isKept = run.Errors.StartsWith("This version was not taken, and what ran goes on: ", StringComparison.Ordinal);
        Assert.That(isKept, Is.EqualTo(run.ExitCode != 0), $"{run}");
        return $"{run.ExitCode}: {string.Join(", ", await File.ReadAllLinesAsync(calls))}";
    }
}
