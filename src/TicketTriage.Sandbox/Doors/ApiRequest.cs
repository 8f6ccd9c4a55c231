using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TicketTriage.Sandbox.Doors;

/// <summary>What a call's handler needs of the request.</summary>
/// <param name="Body">The whole body; empty where there is none.</param>
internal sealed record ApiRequest(Route Route, IQueryCollection Query, ReadOnlyMemory<byte> Body)
{
    /// <summary>The path to the letter.</summary>
    public string CalledPath { get; init; } = "";

    public string Authorization { get; init; } = "";

    public string? ContentType { get; init; }

    /// <summary>The first number in the path.</summary>
    public long Id => long.Parse(Route.Values[0], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The number after it.</summary>
    public long SecondId => long.Parse(Route.Values[1], NumberStyles.None, CultureInfo.InvariantCulture);

    public string? Ask(string name) => Query.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    /// <returns>The number, or <see langword="null"/> where it is missing or none.</returns>
    public long? AskNumber(string name) =>
        long.TryParse(Ask(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The words of a list with commas.</summary>
    public IReadOnlyList<string> AskWords(string name) =>
        (Ask(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The numbers of a list with commas; 100 at most, what isn't a number left out.</summary>
    public IEnumerable<long> AskNumbers(string name) => AskWords(name)
        .Where(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(text => long.Parse(text, CultureInfo.InvariantCulture))
        .Take(100);
}
