using System.Globalization;
using TicketTriage.Agents;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Skills;

/// <summary>What the roster says of an agent, as its form has it.</summary>
public sealed record AgentForm
{
    private const int EmptyRows = 2;

    /// <summary>Names and levels; the empty rows are for new ones.</summary>
    public IReadOnlyList<(string Name, string Level)> Skills { get; init; } = [];

    /// <summary>First and last days; the empty rows are for new ones.</summary>
    public IReadOnlyList<(string From, string Until)> Absences { get; init; } = [];

    public string Capacity { get; init; } = "";

    public string Channels { get; init; } = "";

    public string Languages { get; init; } = "";

    public string Products { get; init; } = "";

    public string Groups { get; init; } = "";

    public string Zone { get; init; } = "";

    public string Hours { get; init; } = "";

    public static AgentForm Of(AgentEntry entry) => new()
    {
        Skills =
        [
            .. (entry.Skills ?? new Dictionary<string, int>()).OrderBy(skill => skill.Key, StringComparer.Ordinal)
                .Select(skill => (skill.Key, skill.Value.ToString(CultureInfo.InvariantCulture))),
            .. Enumerable.Repeat(("", ""), EmptyRows),
        ],
        Absences =
        [
            .. (entry.Absences ?? []).Select(absence => absence.Split("..")).Select(days => (days[0], days[^1])),
            .. Enumerable.Repeat(("", ""), EmptyRows),
        ],
        Capacity = entry.Capacity?.ToString(CultureInfo.InvariantCulture) ?? "",
        Channels = string.Join(' ', (entry.Channels ?? new Dictionary<string, int>()).Select(channel => $"{channel.Key}:{channel.Value}")),
        Languages = ValueList.Join(entry.Languages ?? []),
        Products = ValueList.Join(entry.Products ?? []),
        Groups = ValueList.Join(entry.Groups ?? []),
        Zone = entry.Zone ?? "",
        Hours = entry.Hours ?? "",
    };

    public static AgentForm Of(IFormCollection form) => new()
    {
        Skills = Pairs(form, "skill", "level"),
        Absences = Pairs(form, "from", "until"),
        Capacity = form["capacity"].ToString().Trim(),
        Channels = form["channels"].ToString().Trim(),
        Languages = form["languages"].ToString().Trim(),
        Products = form["products"].ToString().Trim(),
        Groups = form["groups"].ToString().Trim(),
        Zone = form["zone"].ToString().Trim(),
        Hours = form["hours"].ToString().Trim(),
    };

    /// <exception cref="FormatException">Half a sentence says what is wrong.</exception>
    public AgentEntry ToEntry() => RosterFile.ReadEntry(column => Given(column switch
    {
        "skills" => string.Join('|', Skills.Where(skill => skill.Name.Length > 0).Select(skill => $"{skill.Name}:{skill.Level}")),
        "absences" => string.Join('|', Absences.Where(days => days.From.Length + days.Until.Length > 0).Select(Days)),
        "capacity" => Capacity,
        "channels" => Channels,
        "languages" => string.Join('|', ValueList.Split(Languages)),
        "products" => string.Join('|', ValueList.Split(Products)),
        "groups" => string.Join('|', ValueList.Split(Groups)),
        "zone" => Zone,
        "hours" => Hours,
        _ => "",
    }));

    private static string Days((string From, string Until) days) => days switch
    {
        (var from, "") => from,
        ("", var until) => until,
        var (from, until) => $"{from}..{until}",
    };

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static IReadOnlyList<(string, string)> Pairs(IFormCollection form, string one, string other) =>
    [
        .. Enumerable.Range(0, form[one].Count)
            .Select(place => (form[one][place]?.Trim() ?? "", form[other].ElementAtOrDefault(place)?.Trim() ?? "")),
    ];
}
