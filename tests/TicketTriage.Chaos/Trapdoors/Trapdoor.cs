using System.Globalization;

namespace TicketTriage.Chaos.Trapdoors;

/// <summary>Where a worker is struck, and how. It travels to the worker's process in its environment.</summary>
/// <param name="Passings">How many tickets pass the point first.</param>
internal sealed record Trapdoor(StrikePoint Point, int Passings = 0)
{
    private const string PointKey = "CHAOS_POINT";
    private const string PassingsKey = "CHAOS_PASSINGS";
    private const string TicketKey = "CHAOS_TICKET";
    private const string StopsKey = "CHAOS_STOPS";

    /// <summary>The only ticket that is struck, as helpdesk/number; <see langword="null"/> for whichever comes.</summary>
    public string? Ticket { get; init; }

    /// <summary>True where the process is stopped and can be woken; else it is killed.</summary>
    public bool Stops { get; init; }

    public static Trapdoor? FindInEnvironment() =>
        Enum.TryParse<StrikePoint>(Environment.GetEnvironmentVariable(PointKey), out var point)
            ? new Trapdoor(point, int.Parse(Environment.GetEnvironmentVariable(PassingsKey) ?? "0", CultureInfo.InvariantCulture))
            {
                Ticket = Environment.GetEnvironmentVariable(TicketKey),
                Stops = Environment.GetEnvironmentVariable(StopsKey) is not null,
            }
            : null;

    public void WriteTo(IDictionary<string, string?> environment)
    {
        environment["DOTNET_STARTUP_HOOKS"] = typeof(Trapdoor).Assembly.Location;
        environment[PointKey] = Point.ToString();
        environment[PassingsKey] = Passings.ToString(CultureInfo.InvariantCulture);
        if (Ticket is not null)
        {
            environment[TicketKey] = Ticket;
        }

        if (Stops)
        {
            environment[StopsKey] = "1";
        }
    }
}

/// <summary>The borders at which a dying process could lose or repeat something.</summary>
internal enum StrikePoint
{
    /// <summary>The ticket is the worker's, and nothing is done.</summary>
    AfterClaim,

    /// <summary>It is decided, and nothing is recorded.</summary>
    AfterUnderstanding,

    /// <summary>The change is recorded, and not sent.</summary>
    BeforeWriteBack,

    /// <summary>The helpdesk has it, and the receipt is not saved.</summary>
    AfterWriteBack,

    /// <summary>The receipt is saved.</summary>
    AfterCommit,
}
