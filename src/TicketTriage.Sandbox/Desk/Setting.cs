namespace TicketTriage.Sandbox.Desk;

/// <summary>A value that shall be set, also to nothing; a missing one leaves the field as it is.</summary>
public readonly record struct Setting<T>(T Value)
{
    public static implicit operator Setting<T>(T value) => new(value);
}
