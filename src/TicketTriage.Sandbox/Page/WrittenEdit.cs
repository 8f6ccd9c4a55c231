using System.Text.Json;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Persons;

namespace TicketTriage.Sandbox.Page;

/// <summary>A person's edit as it is asked for over HTTP. What is missing stays; null empties a field.</summary>
internal sealed record WrittenEdit
{
    public string? Subject { get; init; }

    public string? Status { get; init; }

    public JsonElement Priority { get; init; }

    public JsonElement Type { get; init; }

    public JsonElement GroupId { get; init; }

    public JsonElement AssigneeId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<string> AddedTags { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> RemovedTags { get; init => field = value ?? []; } = [];

    public IReadOnlyDictionary<string, string?> CustomFields { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>A note that only agents see.</summary>
    public string? Note { get; init; }

    private static IReadOnlyDictionary<string, string?> Nothing { get; } = new Dictionary<string, string?>();

    public TicketEdit ToEdit() => new()
    {
        Subject = Subject is null ? null : new(Subject),
        Status = Status is null ? null : new(Status),
        Priority = Priority.ValueKind == JsonValueKind.Undefined ? null : new(TextOf(Priority)),
        Type = Type.ValueKind == JsonValueKind.Undefined ? null : new(TextOf(Type)),
        GroupId = GroupId.ValueKind == JsonValueKind.Undefined ? null : new(IdOf(GroupId)),
        AssigneeId = AssigneeId.ValueKind == JsonValueKind.Undefined ? null : new(IdOf(AssigneeId)),
        Tags = Tags,
        AddedTags = AddedTags,
        RemovedTags = RemovedTags,
        CustomFields = CustomFields,
        Comment = Note is null ? null : new() { Body = Note, IsPublic = false },
    };

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? IdOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) ? id : null;
}

/// <summary>A person's edit that is planned for the moment of a call; what is missing has the plan's own default.</summary>
internal sealed record WrittenPlan(
    string? Method, string? Path, PersonMoment? Moment, int? After, int? Times, long? Ticket, WrittenEdit? Edit)
{
    /// <returns>The plan, or <see langword="null"/> where the edit is missing or the path isn't one.</returns>
    public PersonEdit? ToPlan()
    {
        if (Edit is null || Path is not (null or ['/', ..]) || After < 0 || Times < 1)
        {
            return null;
        }

        var usual = new PersonEdit { Edit = Edit.ToEdit() };
        return usual with
        {
            Method = Method,
            Path = Path ?? usual.Path,
            Moment = Moment ?? usual.Moment,
            After = After ?? usual.After,
            Times = Times ?? usual.Times,
            Ticket = Ticket,
        };
    }
}
