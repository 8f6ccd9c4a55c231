using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Storage;

[CancelAfter(60_000)]
public sealed class SchemaUpgradeTests
{
    [Test]
    public async Task A_database_that_has_every_step_is_left_to_itself(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var migrator = new Migrator();

        await new SchemaUpgrade(database.Pool, migrator, NullLogger<SchemaUpgrade>.Instance).RunAsync(cancellationToken);

        Assert.That(migrator.IsAsked, Is.False);
    }

    [TestCase("""delete from "__EFMigrationsHistory" where "MigrationId" like '%FirstTables'""")]
    [TestCase("""drop table "__EFMigrationsHistory" """)]
    public async Task One_that_lacks_a_step_is_given_to_the_migrator(string lack, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(lack);
        var migrator = new Migrator();

        Assert.That(
            () => new SchemaUpgrade(database.Pool, migrator, NullLogger<SchemaUpgrade>.Instance).RunAsync(cancellationToken),
            Throws.TypeOf<NotSupportedException>());
        Assert.That(migrator.IsAsked, Is.True);
    }

    [Test]
    public void The_steps_are_those_that_the_migrator_knows() =>
        Assert.That(
            SchemaSteps.List(),
            Is.EqualTo(typeof(SchemaUpgrade).Assembly.GetTypes()
                .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
                .OfType<string>()
                .Order(StringComparer.Ordinal)).And.Not.Empty);

    private sealed class Migrator : IDbContextFactory<TriageDbContext>
    {
        public bool IsAsked { get; private set; }

        public TriageDbContext CreateDbContext()
        {
            IsAsked = true;
            throw new NotSupportedException("Only whether it is asked matters here.");
        }
    }
}
