namespace TicketTriage.Sandbox;

/// <summary>The machine's clock, set ahead: for trying what happens on a certain day.</summary>
/// <param name="ahead">Negative for a day that is past.</param>
public sealed class ClockAhead(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
