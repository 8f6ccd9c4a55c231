using TicketTriage.Storage;

namespace TicketTriage.Host.Commands;

/// <summary>A line for the database: what a start would do to its tables, and whether it could.</summary>
/// <param name="hasDatabase">False where a private database would only be made at the start.</param>
internal sealed class TableCheck(IServiceProvider services, bool hasDatabase)
{
    /// <summary>Steps that are named; an empty database has all of them before it.</summary>
    private const int MostNamed = 5;

    /// <summary>Whether all tables of this version are there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether there is a database to look into.</summary>
    public bool HasDatabase => hasDatabase;

    /// <returns>Whether <c>serve</c> would get past its database.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!hasDatabase)
        {
            await SayAsync("none is configured; a private PostgreSQL will be made at the start.");
            return true;
        }

        var upgrade = services.GetRequiredService<SchemaUpgrade>();
        var missing = await upgrade.ListMissingAsync(cancellationToken);
        IsComplete = missing.Count == 0;
        if (IsComplete)
        {
            await SayAsync("ok");
            return await AreSecretsReadableAsync(cancellationToken);
        }

        var steps = missing.Count == 1 ? "1 schema step" : $"{missing.Count} schema steps";
        var more = missing.Count > MostNamed ? " and so on" : "";
        await SayAsync($"ok, {steps} will run at the start: {string.Join(", ", missing.Take(MostNamed))}{more}");
        if (await upgrade.MayRunAsync(cancellationToken))
        {
            return true;
        }

        await SayAsync("this role may not make tables, so that no process would start; run migrate as the tables' owner first.");
        return false;
    }

    private async Task<bool> AreSecretsReadableAsync(CancellationToken cancellationToken)
    {
        var faults = await services.GetRequiredService<SigningKeys>().ListFaultsAsync(cancellationToken);
        foreach (var fault in faults)
        {
            await Console.Out.WriteLineAsync($"secrets: {fault}");
        }

        return faults.Count == 0;
    }

    private static Task SayAsync(string what) => Console.Out.WriteLineAsync($"database: {what}");
}
