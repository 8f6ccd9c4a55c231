namespace TicketTriage.Policies;

/// <summary>A policy document can't be used as it is written.</summary>
/// <param name="kind">What it is: <c>taxonomy</c>, <c>priority</c>.</param>
/// <param name="faults">Each fault with its place, in one sentence.</param>
public sealed class PolicyFaultyException(string kind, IReadOnlyList<string> faults, Exception? innerException = null)
    : Exception(
        $"The {kind} document has {(faults.Count == 1 ? "a fault" : $"{faults.Count} faults")}: {string.Join(' ', faults)}", innerException)
{
    public string Kind { get; } = kind;

    public IReadOnlyList<string> Faults { get; } = faults;
}
