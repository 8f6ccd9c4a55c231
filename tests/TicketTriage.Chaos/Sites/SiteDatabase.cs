using Npgsql;
using TicketTriage.Testing;

namespace TicketTriage.Chaos.Sites;

/// <summary>
/// A database of its own on the throw-away server, with a clock that can be set ahead. All of the product's waiting is done by the
/// database's <c>now()</c>; the search path lets it find ours first.
/// </summary>
internal sealed class SiteDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly NpgsqlDataSource ours;

    private SiteDatabase(TestDatabase database, NpgsqlDataSource ours)
    {
        this.database = database;
        this.ours = ours;
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            SearchPath = "public, chaos, pg_catalog",
            MaxPoolSize = 60,
        }.ConnectionString;
    }

    /// <summary>For the product.</summary>
    public string ConnectionString { get; }

    public static async Task<SiteDatabase> CreateAsync(ThrowawayCluster cluster, CancellationToken cancellationToken)
    {
        var created = await cluster.Databases.CreateAsync();
        var source = NpgsqlDataSource.Create(created.ConnectionString);
        await using var command = source.CreateCommand(
            """
            create schema chaos;
            create table chaos.clock (ahead interval not null);
            insert into chaos.clock values ('0');
            create function chaos.now() returns timestamptz language sql stable
                as 'select pg_catalog.now() + ahead from chaos.clock';
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new SiteDatabase(created, source);
    }

    public async Task SetClockAheadAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        await using var command = ours.CreateCommand("update chaos.clock set ahead = ahead + $1");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = by });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public NpgsqlCommand CreateCommand(string statement) => ours.CreateCommand(statement);

    public async ValueTask DisposeAsync()
    {
        await ours.DisposeAsync();
        await database.DisposeAsync();
    }
}
