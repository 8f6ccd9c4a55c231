using System.Net;
using System.Net.Sockets;
using Npgsql;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Tests.Storage.PrivatePostgres;

[CancelAfter(120_000)]
public sealed class PrivateClusterTests
{
    [Test]
    public async Task It_is_durable_checked_and_heard_on_loopback_only()
    {
        using var home = new ClusterHome();
        await using var cluster = await ClusterHome.StartAsync(new PrivateClusterOptions { DataDirectory = home.Path });
        var administrator = PostgresServer.BuildConnectionString(home.Folder, PortOf(cluster), PostgresServer.Superuser, "postgres");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ClusterHome.AskAsync(administrator, "show listen_addresses"), Is.EqualTo("127.0.0.1"));
            Assert.That(await ClusterHome.AskAsync(administrator, "show unix_socket_directories"), Is.Empty);
            Assert.That(await ClusterHome.AskAsync(administrator, "show data_checksums"), Is.EqualTo("on"));
            Assert.That(await ClusterHome.AskAsync(administrator, "show fsync"), Is.EqualTo("on"));
            Assert.That(await ClusterHome.AskAsync(administrator, "show full_page_writes"), Is.EqualTo("on"));
            Assert.That(await ClusterHome.AskAsync(administrator, "show synchronous_commit"), Is.EqualTo("on"));
            Assert.That(await ClusterHome.AskAsync(administrator, "show server_encoding"), Is.EqualTo("UTF8"));
            Assert.That(await ClusterHome.AskAsync(cluster.ConnectionString, "select lower('ÄRGER')"), Is.EqualTo("ärger"));
        }
    }

    [Test]
    public async Task Its_password_is_asked_for_and_only_its_owner_can_read_it()
    {
        using var home = new ClusterHome();
        await using var cluster = await home.StartAsync();
        var guess = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "postgres" }.ConnectionString;
        var isSuperuser = await ClusterHome.AskAsync(cluster.ConnectionString, "select rolsuper from pg_roles where rolname = current_user");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => ClusterHome.AskAsync(guess, "select 1"),
                Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidPassword));
            Assert.That(ModeOf(home.Folder.PasswordFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(ModeOf(home.Folder.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.That(isSuperuser, Is.False);
        }
    }

    [Test]
    public async Task Data_and_address_are_the_same_after_a_restart()
    {
        using var home = new ClusterHome();
        string before;
        await using (var cluster = await home.StartAsync())
        {
            before = cluster.ConnectionString;
            await ClusterHome.AskAsync(before, "create table kept as select 42 as number");
        }

        Assert.That(() => ClusterHome.AskAsync(before, "select 1"), Throws.InstanceOf<NpgsqlException>());
        await using var again = await home.StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.ConnectionString, Is.EqualTo(before));
            Assert.That(await ClusterHome.AskAsync(again.ConnectionString, "select number from kept"), Is.EqualTo(42));
        }
    }

    [Test]
    public async Task A_killed_server_is_started_again_at_its_address(CancellationToken cancellationToken)
    {
        using var home = new ClusterHome();
        await using var cluster = await home.StartAsync();
        await ClusterHome.AskAsync(cluster.ConnectionString, "create table kept as select 42 as number");
        using var server = await home.FindServerAsync(cancellationToken);

        server.Kill();
        await server.WaitForExitAsync(cancellationToken);

        Assert.That(
            await ClusterHome.AskPatientlyAsync(cluster.ConnectionString, "select number from kept", cancellationToken), Is.EqualTo(42));
    }

    [Test]
    public async Task A_killed_host_takes_its_server_along_and_leaves_its_data(CancellationToken cancellationToken)
    {
        using var home = new ClusterHome();
        var (host, connectionString) = await home.StartElsewhereAsync();
        using var _ = host;
        await ClusterHome.AskAsync(connectionString, "create table kept as select 42 as number");
        using var server = await home.FindServerAsync(cancellationToken);

        host.Kill();
        if (OperatingSystem.IsLinux())
        {
            await server.WaitForExitAsync(cancellationToken);
        }

        await using var cluster = await home.StartAsync();
        Assert.That(await ClusterHome.AskAsync(cluster.ConnectionString, "select number from kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task A_server_that_outlived_its_host_is_replaced(CancellationToken cancellationToken)
    {
        using var home = new ClusterHome();
        await using (await home.StartAsync())
        {
        }

        var account = await ServerAccount.ChooseAsync(home.Folder.Path, cancellationToken);
        await using var orphan = await PostgresServer.PrepareAsync(
            home.Options, home.Folder, account, port: null, TimeProvider.System, cancellationToken);
        await orphan.StartAsync(mayChangePort: true, cancellationToken);

        await using var cluster = await home.StartAsync();

        using var server = await home.FindServerAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(orphan.Exited.IsCompleted, Is.True);
            Assert.That(server.Id, Is.Not.EqualTo(orphan.ProcessId));
            Assert.That(await ClusterHome.AskAsync(cluster.ConnectionString, "select 1"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_stale_note_of_a_process_whose_number_belongs_to_another_now_is_no_obstacle(CancellationToken cancellationToken)
    {
        using var home = new ClusterHome();
        string[] note;
        var noteFile = Path.Combine(home.Folder.Data, "postmaster.pid");
        await using (await home.StartAsync())
        {
            note = await File.ReadAllLinesAsync(noteFile, cancellationToken);
        }

        var account = await ServerAccount.ChooseAsync(home.Folder.Path, cancellationToken);
        var bystander = await ServerProcess.StartAsync(account.Lend("sleep", "120"));
        await File.WriteAllLinesAsync(noteFile, [$"{bystander.Id}", .. note.Skip(1)], cancellationToken);
        await account.GiveAsync([noteFile], cancellationToken);

        await using var cluster = await home.StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ClusterHome.AskAsync(cluster.ConnectionString, "select 1"), Is.EqualTo(1));
            Assert.That(bystander.Exited.IsCompleted, Is.False);
        }

        bystander.Kill();
    }

    [Test]
    public async Task Another_port_is_chosen_where_somebody_has_taken_it()
    {
        using var home = new ClusterHome();
        int before;
        await using (var cluster = await home.StartAsync())
        {
            before = PortOf(cluster);
        }

        using var taker = new TcpListener(IPAddress.Loopback, before);
        taker.Start();
        await using var again = await home.StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PortOf(again), Is.Not.EqualTo(before));
            Assert.That(await ClusterHome.AskAsync(again.ConnectionString, "select 1"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_cluster_that_was_cut_short_in_the_making_is_made_again()
    {
        using var home = new ClusterHome();
        Directory.CreateDirectory(Path.Combine(home.Folder.UnfinishedData, "base"));
        await File.WriteAllTextAsync(Path.Combine(home.Folder.UnfinishedData, "PG_VERSION"), "15");

        await using var cluster = await home.StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ClusterHome.AskAsync(cluster.ConnectionString, "select 1"), Is.EqualTo(1));
            Assert.That(Directory.Exists(home.Folder.UnfinishedData), Is.False);
        }
    }

    [Test]
    public async Task A_second_host_uses_the_first_ones_server_and_takes_it_over(CancellationToken cancellationToken)
    {
        using var home = new ClusterHome();
        var first = await home.StartAsync();
        await using var second = await home.StartAsync();
        await ClusterHome.AskAsync(first.ConnectionString, "create table kept as select 42 as number");
        using var server = await home.FindServerAsync(cancellationToken);

        await first.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ConnectionString, Is.EqualTo(first.ConnectionString));
            Assert.That(server.HasExited, Is.True);
            Assert.That(
                await ClusterHome.AskPatientlyAsync(second.ConnectionString, "select number from kept", cancellationToken), Is.EqualTo(42));
        }
    }

    [Test]
    public async Task Hosts_that_start_together_agree_on_one_server()
    {
        using var home = new ClusterHome();

        var clusters = await Task.WhenAll(home.StartAsync(), home.StartAsync(), home.StartAsync());

        Assert.That(clusters.Select(cluster => cluster.ConnectionString).Distinct().Count(), Is.EqualTo(1));
        foreach (var cluster in clusters)
        {
            await cluster.DisposeAsync();
        }
    }

    [Test]
    public async Task A_lost_password_is_named()
    {
        using var home = new ClusterHome();
        await using (await home.StartAsync())
        {
        }

        File.Delete(home.Folder.PasswordFile);

        Assert.That(home.StartAsync, Throws.InstanceOf<PrivatePostgresException>().With.Message.Contains(home.Folder.PasswordFile));
    }

    [Test]
    public void A_folder_that_the_servers_account_may_not_enter_is_named()
    {
        Assume.That(Environment.IsPrivilegedProcess, "Only root lends the server another account.");
        using var home = new ClusterHome();
        var closed = Path.Combine(home.Path, "closed");
        Directory.CreateDirectory(closed);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var options = new PrivateClusterOptions { DataDirectory = Path.Combine(closed, "data") };

        Assert.That(() => ClusterHome.StartAsync(options), Throws.InstanceOf<PrivatePostgresException>().With.Message.Contains($"may not enter {closed}:"));
    }

    private static int PortOf(PrivateCluster cluster) => new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Port;

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
