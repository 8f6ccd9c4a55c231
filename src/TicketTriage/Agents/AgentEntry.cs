using System.Text.Json.Serialization;

namespace TicketTriage.Agents;

/// <summary>What one source, the roster or the helpdesk, says about an agent, as it is written. What is absent, it doesn't say.</summary>
public sealed record AgentEntry
{
    /// <summary>By skill, the level from 1 to 5.</summary>
    public IReadOnlyDictionary<string, int>? Skills { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public IReadOnlyList<string>? Products { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public int? Capacity { get; init; }

    /// <summary>Units that a ticket of a channel takes.</summary>
    public IReadOnlyDictionary<string, int>? Channels { get; init; }

    /// <summary>An IANA name.</summary>
    public string? Zone { get; init; }

    /// <summary>As <see cref="WorkingHours"/> reads it.</summary>
    public string? Hours { get; init; }

    /// <summary>Each <c>2026-12-24..2026-12-27</c>, both days away, in the agent's zone.</summary>
    public IReadOnlyList<string>? Absences { get; init; }

    /// <summary>The same with another's word where this one says nothing.</summary>
    public AgentEntry Over(AgentEntry? other) => other is null ? this : new AgentEntry
    {
        Skills = Skills ?? other.Skills,
        Languages = Languages ?? other.Languages,
        Products = Products ?? other.Products,
        Groups = Groups ?? other.Groups,
        Capacity = Capacity ?? other.Capacity,
        Channels = Channels ?? other.Channels,
        Zone = Zone ?? other.Zone,
        Hours = Hours ?? other.Hours,
        Absences = Absences ?? other.Absences,
    };

    /// <exception cref="FormatException">Zone, hours or absences can't be read; half a sentence says which.</exception>
    public Agent ToAgent(string id, string name)
    {
        var zone = WorkingHours.ZoneOf(Zone);
        return new Agent
        {
            Id = id,
            Name = name,
            Skills = Skills ?? new Dictionary<string, int>(),
            Languages = Languages ?? [],
            Products = Products ?? [],
            Groups = Groups ?? [],
            MostUnits = Capacity ?? 1,
            UnitsByChannel = Channels ?? new Dictionary<string, int>(),
            Hours = Hours is null ? null : WorkingHours.Read(Hours, zone),
            Absences = [.. (Absences ?? []).Select(absence => WorkingHours.ReadAbsence(absence, zone))],
        };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentEntry))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<RosterLine>))]
internal sealed partial class AgentJson : JsonSerializerContext;
