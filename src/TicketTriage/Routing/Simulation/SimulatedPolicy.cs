namespace TicketTriage.Routing.Simulation;

/// <summary>
/// A policy with the number of tickets that an agent is given at once. All of them look at skills; the usual ones give a ticket as soon as
/// somebody has room, keep what has to wait by priority and then by age, and leave with an agent what he has. An agent works on what he has
/// in the order in which it came.
/// </summary>
public sealed record SimulatedPolicy(PolicyKind Kind, int Cap)
{
    /// <summary>As outputs call it.</summary>
    public string Name => Kind == PolicyKind.This ? "this" : $"{Words[(int)Kind]}-{Cap}";

    /// <summary>The router first, then each usual policy at cap 1, 2 and 5.</summary>
    public static IReadOnlyList<SimulatedPolicy> All { get; } =
    [
        new(PolicyKind.This, 1),
        .. from kind in Enum.GetValues<PolicyKind>()
           where kind != PolicyKind.This
           from cap in (int[])[1, 2, 5]
           select new SimulatedPolicy(kind, cap),
    ];

    private static readonly string[] Words = ["this", "round-robin", "least-loaded", "longest-idle", "first-match"];

    /// <summary>The words by which a kind is asked for.</summary>
    public static IReadOnlyList<string> Names => Words;

    /// <returns>The policies of a word, such as <c>round-robin</c> for its three caps or <c>round-robin-2</c> for one; empty where there
    /// is none.</returns>
    public static IReadOnlyList<SimulatedPolicy> Find(string name) =>
        [.. All.Where(policy => policy.Name == name || Words[(int)policy.Kind] == name)];
}
