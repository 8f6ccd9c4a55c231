using Npgsql;
using TicketTriage.Drafting.Style;
using TicketTriage.Escalations;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Commands;

/// <summary>
/// A line for the policies that <c>serve</c> would decide by, and one for each fault. Where tables are still to be made, what lies in them
/// is left out.
/// </summary>
internal sealed class PolicyCheck(IServiceProvider services, TableCheck tables)
{
    private readonly RulesInForce rules = services.GetRequiredService<RulesInForce>();

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakePublicationsAsync(cancellationToken);
            await rules.BeginAsync(AskNamesAsync, cancellationToken);
            await services.GetRequiredService<EscalationPolicies>().KeepAsync(cancellationToken);
            await services.GetRequiredService<StyleGuides>().FindCurrentAsync(cancellationToken);
        }
        catch (PolicyFaultyException e)
        {
            await SayAsync(e.Message);
            return false;
        }

        await SayAsync(
            $"ok, taxonomy {services.GetRequiredService<TaxonomyInForce>().Current.Version}, "
            + $"routing rules {rules.Current.Document.Version} ({rules.Origin})");
        return await AreAllOfUseAsync(cancellationToken);
    }

    private async Task TakePublicationsAsync(CancellationToken cancellationToken)
    {
        if (!tables.HasDatabase)
        {
            return;
        }

        try
        {
            await services.GetRequiredService<PublicationWatch>().LookAsync(cancellationToken);
        }
        catch (PostgresException e) when (!tables.IsComplete
            && e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            await SayAsync("what leads have published can't be read before the schema steps have run; looked at is what is configured.");
        }
    }

    private async Task<bool> AreAllOfUseAsync(CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(AskNamesAsync, cancellationToken);
        var refused = services.GetRequiredService<PublicationWatch>().Refusals;
        var gone = rules.FindGone();
        foreach (var fault in refused)
        {
            await SayAsync(fault);
        }

        foreach (var fault in gone)
        {
            await SayAsync($"{rules.Origin}: {fault}");
        }

        return refused.Count + gone.Count == 0;
    }

    private Task<KnownNames> AskNamesAsync(CancellationToken cancellationToken)
    {
        var names = services.GetRequiredService<NamesAtHelpdesks>();
        return tables.IsComplete ? names.AskAsync(cancellationToken) : names.AskWithoutAgentsAsync(cancellationToken);
    }

    private static Task SayAsync(string what) => Console.Out.WriteLineAsync($"policies: {what}");
}
