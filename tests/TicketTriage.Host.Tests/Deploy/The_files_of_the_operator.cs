using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>What is shipped for systemd, Compose and Kubernetes, checked by the tools that read it, where they are installed.</summary>
[CancelAfter(120_000)]
internal sealed partial class The_files_of_the_operator
{
    private static string Folder => Path.Combine(Repository.Root, "deploy");

    [TestCase("compose.yaml", "file: ./secrets.key")]
    [TestCase("kubernetes/web.yaml", "subPath: secrets.key")]
    [TestCase("kubernetes/worker.yaml", "subPath: secrets.key")]
    [TestCase("kubernetes/audit.yaml", "subPath: secrets.key")]
    [TestCase("systemd/tickettriage-web.service", "LoadCredential=secrets.key:/etc/tickettriage/secrets.key")]
    [TestCase("systemd/tickettriage-worker@.service", "LoadCredential=secrets.key:/etc/tickettriage/secrets.key")]
    public async Task Hand_over_the_key_of_secrets_at_the_place_that_they_name(string file, string source, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, file), cancellationToken);

        var named = KeyFile().Match(text).Groups["path"].Value;
        // Compose and systemd make the place from the secret's name.
        var places = MountPath().Matches(text).Select(mount => mount.Groups["path"].Value)
            .Concat(Secret().Matches(text).Select(secret => $"/run/secrets/{secret.Groups["name"].Value}"))
            .Concat(Credential().Matches(text).Select(credential => $"%d/{credential.Groups["name"].Value}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain(source));
            Assert.That(named, Is.Not.Empty);
            Assert.That(places, Does.Contain(named));
        }
    }

    [TestCase("tickettriage-web.service")]
    [TestCase("tickettriage-worker@1.service")]
    public async Task Systemd_takes_each_unit_without_a_word(string unit, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var template = Path.Combine(Folder, "systemd", unit.Replace("@1", "@", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(template, cancellationToken);
        // The check looks for the program itself; wherever it lies on this machine.
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var copy = Path.Combine(folder.Path, unit);
        await File.WriteAllTextAsync(copy, text.Replace("/usr/bin/dotnet", program, StringComparison.Ordinal), cancellationToken);

        var (exitCode, said) = await RunAsync("systemd-analyze", cancellationToken, "verify", copy);

        Assert.That((exitCode, said), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Kustomize_builds_what_runs_the_service(CancellationToken cancellationToken)
    {
        var (exitCode, said) = await RunAsync("kubectl", cancellationToken, "kustomize", Path.Combine(Folder, "kubernetes"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, said);
            Assert.That(
                Kind().Matches(said).Select(kind => kind.Groups["kind"].Value),
                Is.SupersetOf(
                    (string[])
                    [
                        "CronJob", "Deployment", "HorizontalPodAutoscaler", "Job", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget",
                        "Service",
                    ]));
        }
    }

    [Test]
    public void The_image_logs_as_a_collector_of_logs_reads_it() =>
        Assert.That(File.ReadAllText(Path.Combine(Folder, "Dockerfile")), Does.Match(@"ENV .*\bLogging__Console__FormatterName=json\b"));

    [Test]
    public async Task Kustomize_adds_a_way_in_that_is_trusted_and_keeps_a_session_with_one_process(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "kubernetes"), "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(Path.Combine(Folder, "kubernetes"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? folder.Path);
            File.Copy(file, copy);
        }

        var list = Path.Combine(folder.Path, "kustomization.yaml");
        await File.AppendAllTextAsync(list, "\ncomponents: [ingress]\n", cancellationToken);
        var (exitCode, said) = await RunAsync("kubectl", cancellationToken, "kustomize", folder.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, said);
            Assert.That(Kind().Matches(said).Select(kind => kind.Groups["kind"].Value), Has.One.EqualTo("Ingress"));
            Assert.That(said, Does.Contain("service.sticky.cookie: \"true\"").And.Contain("name: Access__TrustedProxies__0"));
            Assert.That(said, Does.Contain("name: Secrets__KeyFile"), "what the process was given before is still there");
        }
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string tool, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{tool} is not installed here.");
        }

        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"Secrets__KeyFile(: |=|, value: )(?<path>[^\s}]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"mountPath: (?<path>[^\s,}]+), subPath: secrets.key", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MountPath();

    [GeneratedRegex(@"secrets: \[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Secret();

    [GeneratedRegex("LoadCredential=(?<name>[^:]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Credential();

    [GeneratedRegex("^kind: (?<kind>\\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Kind();
}
