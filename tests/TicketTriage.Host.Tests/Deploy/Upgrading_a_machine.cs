using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>
/// A single machine with deploy/systemd and deploy/upgrade.sh, all in a folder. In the place of systemd a program starts what stands in the
/// units, and ends it with the same signal.
/// </summary>
[CancelAfter(240_000)]
internal sealed class Upgrading_a_machine
{
    private const string Restarts =
        """
        [[ $1 != list-units ]] || { echo "tickettriage-worker@$WORKER.service loaded active running"; exit; }
        unit=${2%.service}
        echo "${unit#tickettriage-} $(basename "$(readlink "$TICKETTRIAGE_HOME/current")")" >> "$MACHINE/restarts"
        """;

    private const string StartsForReal =
        """
        if [[ -f $MACHINE/$unit.pid ]]; then
          kill -TERM "$(cat "$MACHINE/$unit.pid")"
          while kill -0 "$(cat "$MACHINE/$unit.pid")" 2> /dev/null; do sleep 0.1; done
        fi
        [[ $unit == *@* ]] && template=${unit%@*}@ || template=$unit
        command=$(sed -n 's/^ExecStart=//p' "$UNITS/$template.service" |
          sed "s|/usr/bin/dotnet|dotnet|; s|/opt/tickettriage|$TICKETTRIAGE_HOME|; s|%i|$WORKER|")
        cd "$TICKETTRIAGE_SETTINGS"
        source secrets.env
        export DataDirectory
        # What LoadCredential= does: a copy of its own, named by %d.
        credential=$(sed -n 's/^LoadCredential=//p' "$UNITS/$template.service")
        mkdir -p "$MACHINE/credentials/$unit"
        cp "$TICKETTRIAGE_SETTINGS/$(basename "${credential#*:}")" "$MACHINE/credentials/$unit/${credential%%:*}" || exit 1
        export "$(sed -n 's/^Environment=\(Secrets__KeyFile=.*\)/\1/p' "$UNITS/$template.service" | sed "s|%d|$MACHINE/credentials/$unit|")"
        # Without exec the id would be a shell's, and what it has started would outlive it.
        eval "exec setsid $command" > "$MACHINE/$unit.log" 2>&1 < /dev/null &
        echo $! > "$MACHINE/$unit.pid"
        """;

    [Test]
    public async Task A_version_takes_the_place_of_the_one_before_and_one_command_brings_that_back(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var machine = await Machine.BuildAsync(folder, Restarts + "\n" + StartsForReal);
        await machine.ConfigureAsync(SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString));
        // As openssl rand -base64 32 makes it.
        await machine.WriteSettingsAsync("secrets.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        try
        {
            var forward = await machine.UpgradeAsync("0.2.0", machine.Product);
            var number = sandbox.AddTicket(Mail.LateOrder).Number;
            using var http = new HttpClient { BaseAddress = machine.Web };
            using var delivery = SignedDelivery.OfTicket(number).ToRequest("acme");
            using var accepted = await http.SendAsync(delivery, cancellationToken);
            await Eventually.TrueAsync(() => sandbox.Journal.ApiChanges.Count > 0, cancellationToken);
            var again = await machine.UpgradeAsync("0.2.0", machine.Product);
            var back = await machine.RunAsync("--back");

            using var live = await http.GetAsync("health/ready", cancellationToken);
            var signIn = await database.AskAsync<string>("select string_agg(convert_from(key, 'UTF8'), ' ') from sign_in_keys");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(signIn, Does.Contain("<sealed").And.Not.Contain("<value>"), "the key that the unit hands over is in use");
                Assert.That(forward.ExitCode, Is.Zero, $"{forward}");
                Assert.That(forward.Output, Does.Contain("database: ok").And.Contain("helpdesk acme: ok").And.Contain("0.2.0 runs."));
                Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
                Assert.That((again.ExitCode, again.Errors.Contains("is there already", StringComparison.Ordinal)), Is.EqualTo((1, true)));
                Assert.That((back.ExitCode, back.Output.Contains("Back at 0.1.0.", StringComparison.Ordinal)), Is.EqualTo((0, true)), $"{back}");
                Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(
                    await machine.ListRestartsAsync(),
                    Is.EqualTo((string[])[$"worker@{machine.Worker} 0.2.0", "web 0.2.0", $"worker@{machine.Worker} 0.1.0", "web 0.1.0"]));
            }
        }
        finally
        {
            await machine.EndAsync();
        }
    }

    [TestCase("check", "0.2.0 was not taken, and what ran goes on: check says what is wrong.", ExpectedResult = "")]
    [TestCase("migrate", "0.2.0 was not taken, and what ran goes on: the tables could not be brought up to date.", ExpectedResult = "")]
    [TestCase("serve", "Going back to 0.1.0.", ExpectedResult = "worker 0.2.0, worker 0.1.0, web 0.1.0")]
    public async Task<string> A_version_that_fails_does_not_stay(string at, string said)
    {
        using var folder = new TemporaryFolder();
        var machine = await Machine.BuildAsync(folder, Restarts + $$"""

            [[ {{at}} != serve || $(readlink "$TICKETTRIAGE_HOME/current") != *0.2.0 ]]
            """);
        await folder.AddProgramAsync("dotnet", $"[[ $2 != {at} ]]");
        await using var ready = await AnswerAsync(machine);

        var run = await machine.UpgradeAsync("0.2.0", machine.Product);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain(said));
            Assert.That(machine.Current, Is.EqualTo("0.1.0"));
            Assert.That(Directory.Exists(Path.Combine(machine.Home, "0.2.0")), Is.EqualTo(at == "serve"), "kept where it may be looked into");
        }

        return string.Join(", ", await machine.ListRestartsAsync()).Replace($"@{machine.Worker}", "", StringComparison.Ordinal);
    }

    [Test]
    public async Task Tables_are_made_by_their_owner_where_the_service_may_not()
    {
        using var folder = new TemporaryFolder();
        var machine = await Machine.BuildAsync(folder, Restarts);
        await machine.WriteSettingsAsync("secrets.env", "ConnectionStrings__TicketTriage='Host=db;Username=service'\n");
        await machine.WriteSettingsAsync("migrate.env", "ConnectionStrings__TicketTriage='Host=db;Username=owner'\nAPPLICATION_ROLE=service\n");
        await folder.AddProgramAsync("dotnet", """echo "${*:2} at $ConnectionStrings__TicketTriage" """);
        await using var ready = await AnswerAsync(machine);

        var run = await machine.UpgradeAsync("0.2.0", machine.Product);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(
                run.Output.Split('\n')[..2],
                Is.EqualTo((string[])["check at Host=db;Username=service", "migrate --application-role service at Host=db;Username=owner"]));
        }
    }

    /// <summary>What runs, and is ready.</summary>
    private static async Task<WebApplication> AnswerAsync(Machine machine)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, machine.Web.Port);
            kestrel.Listen(IPAddress.Loopback, 5080 + machine.Worker);
        });
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("process: ok\n"));
        await app.StartAsync();
        return app;
    }

    private sealed class Machine
    {
        private readonly TemporaryFolder folder;
        private readonly Dictionary<string, string> environment;

        private Machine(TemporaryFolder folder)
        {
            this.folder = folder;
            Worker = FreePort() - 5080;
            Web = new Uri($"http://127.0.0.1:{FreePort()}");
            environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["MACHINE"] = folder.Path,
                ["UNITS"] = Path.Combine(Repository.Root, "deploy", "systemd"),
                ["WORKER"] = Worker.ToString(CultureInfo.InvariantCulture),
                ["TICKETTRIAGE_HOME"] = Home,
                ["TICKETTRIAGE_SETTINGS"] = Settings,
                ["TICKETTRIAGE_WEB_PORT"] = Web.Port.ToString(CultureInfo.InvariantCulture),
            };
        }

        /// <summary>The number of the one worker; it listens on 5080 and so many.</summary>
        public int Worker { get; }

        public Uri Web { get; }

        public string Home => Path.Combine(folder.Path, "opt");

        public string Product => Path.Combine(folder.Path, "product");

        public string? Current => Path.GetFileName(new FileInfo(Path.Combine(Home, "current")).LinkTarget);

        private string Settings => Path.Combine(folder.Path, "etc");

        /// <summary>With version 0.1.0 in force.</summary>
        public static async Task<Machine> BuildAsync(TemporaryFolder folder, string systemctl)
        {
            var machine = new Machine(folder);
            Directory.CreateDirectory(machine.Settings);
            Directory.CreateDirectory(machine.Product);
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            {
                File.CreateSymbolicLink(Path.Combine(machine.Product, Path.GetFileName(file)), file);
            }

            Directory.CreateDirectory(machine.Home);
            Directory.CreateSymbolicLink(Path.Combine(machine.Home, "0.1.0"), machine.Product);
            Directory.CreateSymbolicLink(Path.Combine(machine.Home, "current"), Path.Combine(machine.Home, "0.1.0"));
            await folder.AddProgramAsync("systemctl", systemctl);
            return machine;
        }

        public async Task ConfigureAsync(IReadOnlyDictionary<string, string> settings)
        {
            var file = settings.Append(new("Urls", $"{Web}")).GroupBy(one => one.Key).ToDictionary(
                one => one.Key.Replace("__", ":", StringComparison.Ordinal), one => one.Last().Value);
            await File.WriteAllTextAsync(Path.Combine(Settings, "appsettings.json"), JsonSerializer.Serialize(file));
            await WriteSettingsAsync("secrets.env", $"DataDirectory={folder.Path}/data\n");
        }

        public Task WriteSettingsAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(Settings, file), text);

        public Task<HostRun> UpgradeAsync(string version, string source) => RunAsync(version, source);

        public Task<HostRun> RunAsync(params string[] arguments) =>
            Script.RunAsync(Path.Combine(Repository.Root, "deploy", "upgrade.sh"), environment, arguments);

        /// <summary>Each part with the version that was in force when it was started anew.</summary>
        public async Task<string[]> ListRestartsAsync()
        {
            var file = Path.Combine(folder.Path, "restarts");
            return File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        }

        public async Task EndAsync()
        {
            foreach (var pid in Directory.EnumerateFiles(folder.Path, "*.pid"))
            {
                using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", (await File.ReadAllTextAsync(pid)).Trim()]);
                await kill.WaitForExitAsync();
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
