namespace TicketTriage.Sandbox.Desk;

/// <summary>A custom field of tickets that is about to be made.</summary>
/// <param name="Choices">The values of a <see cref="SandboxFieldKind.Choice"/>.</param>
public sealed record NewField(string Title, SandboxFieldKind Kind = SandboxFieldKind.Text, params IReadOnlyList<string> Choices)
{
    /// <summary>What it is for, as agents read it.</summary>
    public string Description { get; init; } = "";

    /// <summary>What people read in place of a choice's value, where that is something else. Zendesk's.</summary>
    public IReadOnlyDictionary<string, string> ChoiceNames { get; init; } = new Dictionary<string, string>();
}
