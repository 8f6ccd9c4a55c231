using System.CommandLine;
using System.Globalization;
using TicketTriage.Policies;
using TicketTriage.Triages;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary>The team's own history as a source of tickets whose intent is known, in place of a file.</summary>
internal sealed class HistorySource
{
    private const string OnlyLabel = "intent";

    private readonly Option<bool> isAsked;
    private readonly Option<string?> helpdesk = new("--helpdesk") { Description = "Only tickets of this helpdesk." };
    private readonly Option<DateTimeOffset?> since = new("--since")
    {
        Description = "The first day that counts: 2026-01-31. Without it all do.",
    };

    private readonly Option<FileInfo> map = new("--map")
    {
        Description = "A JSON file that says which intent the team's tags and fields tell of:"
            + " {\"tags\": {\"refund_request\": \"billing/refund\"}}.",
    };

    private HistorySource(string description) => isAsked = new Option<bool>("--from-history") { Description = description };

    /// <summary>Adds the options of <c>learn</c>.</summary>
    public static HistorySource ToLearnFrom(Command command)
    {
        var source = new HistorySource(
            "Learns intents from this service's database instead of a file: people's corrections first, then what was imported.");
        source.map.AcceptExistingOnly();
        command.Options.Add(source.isAsked);
        command.Options.Add(source.map);
        source.AddRest(command);
        return source;
    }

    /// <summary>Adds the options of <c>evaluate</c>.</summary>
    public static HistorySource ToMeasureBy(Command command)
    {
        var source = new HistorySource(
            "Measures by the tickets of the blind samples in this service's database instead of a file; learn leaves those out.");
        command.Options.Add(source.isAsked);
        source.AddRest(command);
        return source;
    }

    /// <returns>Whether history is asked for; without it there has to be a file.</returns>
    /// <exception cref="UsageException">Both or neither are asked for, or a label that history doesn't know.</exception>
    public bool IsAsked(ParseResult parsed, FileInfo? data, IReadOnlyList<string> labels)
    {
        var asked = parsed.GetValue(isAsked);
        if (asked == data is not null)
        {
            throw new UsageException("Say where the tickets come from: --data FILE, or --from-history. See --help.");
        }

        return !asked || labels is [OnlyLabel]
            ? asked
            : throw new UsageException($"History tells intents alone: --from-history goes with --label {OnlyLabel}.");
    }

    public async Task<IReadOnlyList<TicketRow>> TeachAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var house = await OpenAsync(parsed, cancellationToken);
        var taxonomy = house.Services.GetRequiredService<TaxonomyInForce>().Current;
        var mapped = parsed.GetValue(map) is { } file
            ? IntentMap.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken), taxonomy.Content)
            : IntentMap.Empty;
        var history = await house.Services.GetRequiredService<TaughtTickets>().ListAsync(
            parsed.GetValue(helpdesk), parsed.GetValue(since) ?? DateTimeOffset.UnixEpoch, taxonomy.Content, mapped, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Taxonomy version {taxonomy.Version}; {history.Rows.Count} tickets to learn from: {history.CountBy(TaughtBy.Correction)} by"
            + $" corrections, {history.CountBy(TaughtBy.Field)} by the field intent, {history.CountBy(TaughtBy.Map)} by the map.\n"
            + $"Left out: {history.Untold} of which nobody said what they are about, {history.Contradictory} with several intents,"
            + $" {history.Useless} without use."));
        return Some(history.Rows, "correct tickets on their pages, or import past ones and give a --map");
    }

    public async Task<IReadOnlyList<TicketRow>> MeasureAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var house = await OpenAsync(parsed, cancellationToken);
        var rows = await house.Services.GetRequiredService<TaughtTickets>().ListBlindAsync(
            parsed.GetValue(helpdesk),
            parsed.GetValue(since) ?? DateTimeOffset.UnixEpoch,
            house.Services.GetRequiredService<TaxonomyInForce>().Current.Content,
            cancellationToken);
        return Some(rows, "judge the sample on the page Quality");
    }

    private void AddRest(Command command)
    {
        command.Options.Add(helpdesk);
        command.Options.Add(since);
    }

    private static async Task<House> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(Settings.From(parsed));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var house = await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken);
        await house.TakePoliciesAsync(cancellationToken);
        return house;
    }

    private static IReadOnlyList<TicketRow> Some(IReadOnlyList<TicketRow> rows, string advice) => rows.Count > 0
        ? rows
        : throw new InvalidOperationException($"The history holds no ticket whose intent a person told; {advice}.");
}
