namespace TicketTriage.Sandbox.Samples;

/// <summary>Lets the sample tickets arrive by themselves: a few at once, the others one by one, until all are there.</summary>
public sealed record SampleDrip
{
    /// <summary>How long nothing arrives. Default one second.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many arrive in quick succession. Default 8.</summary>
    public int First { get; init; } = 8;

    /// <summary>The pause between the first ones. Default 0.3 seconds.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>The pause between the others. Default 4 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(4);
}
