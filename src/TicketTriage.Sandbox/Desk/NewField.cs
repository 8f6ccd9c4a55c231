namespace TicketTriage.Sandbox.Desk;

/// <summary>A custom field of tickets that is about to be made.</summary>
/// <param name="Choices">The values of a <see cref="SandboxFieldKind.Choice"/>.</param>
public sealed record NewField(string Title, SandboxFieldKind Kind = SandboxFieldKind.Text, params IReadOnlyList<string> Choices);
