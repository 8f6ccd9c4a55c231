namespace TicketTriage.ServiceLevels;

/// <summary>A stretch of working time, in minutes of the local day on which it opens. Opening is part of it, closing is not.</summary>
/// <param name="From">0 to 1439.</param>
/// <param name="To">1 to 1440; not after <paramref name="From"/> where the window closes on the next day: <c>(1320, 360)</c> is a night shift.</param>
public sealed record OpenWindow(int From, int To)
{
    public const int MinutesOfDay = 24 * 60;

    /// <summary>The closing minute counted from the day of opening; over 1440 for a window that closes on the next day.</summary>
    public int End => To > From ? To : To + MinutesOfDay;

    /// <returns>What is wrong with the window, or <see langword="null"/>.</returns>
    public string? FindFault() => this switch
    {
        { From: < 0 or >= MinutesOfDay } => $"a window opens at minute {From}; expected 0 to {MinutesOfDay - 1}",
        { To: < 1 or > MinutesOfDay } => $"a window closes at minute {To}; expected 1 to {MinutesOfDay}",
        _ when From == To => $"a window opens and closes at minute {From}, which may mean a whole day or none; write [0, {MinutesOfDay}] or leave it out",
        _ => null,
    };
}
