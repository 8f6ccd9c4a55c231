using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace TicketTriage.Storage;

public static class StorageServices
{
    /// <summary>The name of the connection string: <c>ConnectionStrings:TicketTriage</c>.</summary>
    public const string ConnectionName = "TicketTriage";

    private const string OnlyReads = "set session characteristics as transaction read only";

    /// <summary>One pool of connections for the process, and the context over it.</summary>
    /// <param name="onlyReads">True for a command that has to leave the database as it is: the server refuses it every change.</param>
    /// <exception cref="InvalidOperationException">No connection string is configured, or it can't be read.</exception>
    public static void AddStorage(this IHostApplicationBuilder builder, bool onlyReads = false)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} is missing: give the address of a PostgreSQL database, or let a private one be started.");

        builder.Services.AddSingleton(_ => OpenPool(connectionString, onlyReads));
        builder.Services.AddSingleton<IDbContextFactory<TriageDbContext>, TriageContexts>();
        builder.Services.AddSingleton<SchemaUpgrade>();
        builder.Services
            .AddOptionsWithValidateOnStart<SecretsOptions, SecretsOptionsCheck>()
            .BindConfiguration(SecretsOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<SecretBox>();
        builder.Services.AddSingleton<SigningKeys>();
    }

    /// <summary>Statements are prepared by themselves: the few on a ticket's way repeat thousands of times.</summary>
    /// <param name="onlyReads">True where the server shall refuse every change.</param>
    public static NpgsqlDataSource OpenPool(string connectionString, bool onlyReads = false)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} can't be read ({e.Message}): expected something like Host=db;Database=tickettriage;Username=…;Password=….", e);
        }

        settings.ApplicationName ??= "tickettriage";
        if (!new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Timeout"))
        {
            // Also how long the driver blocks a thread for each statement that it cancels while the database is silent.
            settings.Timeout = 5;
        }

        if (!connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            settings.MaxAutoPrepare = 50;
            settings.AutoPrepareMinUsages = 2;
        }

        if (!connectionString.Contains("No Reset On Close", StringComparison.OrdinalIgnoreCase))
        {
            // Six statements before each of a ticket's twenty-odd. Settings and locks end with their transaction; a job's lock has its own
            // care. What stays in a session, a bell's `listen` and the keep-alive of a job's lock, changes nothing for who has it next.
            settings.NoResetOnClose = true;
        }

        var pool = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (onlyReads)
        {
            pool.UsePhysicalConnectionInitializer(
                connection =>
                {
                    using var command = new NpgsqlCommand(OnlyReads, connection);
                    command.ExecuteNonQuery();
                },
                async connection =>
                {
                    await using var command = new NpgsqlCommand(OnlyReads, connection);
                    await command.ExecuteNonQueryAsync();
                });
        }

        return pool.Build();
    }
}
