namespace TicketTriage.Sandbox.Desk;

/// <summary>A custom field of tickets.</summary>
/// <param name="Name">The title in lower case, <c>_</c> for what is no letter or digit. Freshdesk writes <c>cf_</c> before it.</param>
public sealed record SandboxField(long Id, string Name, string Title, SandboxFieldKind Kind, IReadOnlyList<string> Choices)
{
    /// <summary>False once an administrator has switched it off: Zendesk refuses values for it.</summary>
    public bool IsActive { get; init; } = true;

    public string Description { get; init; } = "";

    /// <summary>What people read in place of a choice's value, where that is something else. Zendesk's.</summary>
    public IReadOnlyDictionary<string, string> ChoiceNames { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a custom field holds. Values are kept as text: <c>true</c>, <c>12.5</c>, <c>2026-11-22</c>.</summary>
public enum SandboxFieldKind
{
    Text,
    Choice,
    Number,
    Checkbox,
    Date,
}
