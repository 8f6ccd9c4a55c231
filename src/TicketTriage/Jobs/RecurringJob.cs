namespace TicketTriage.Jobs;

/// <summary>A line of the schedule: what is done, and when.</summary>
public sealed record RecurringJob
{
    private RecurringJob(string name, string cron, string description, Type work)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw new ArgumentException($"The job '{name}' needs a name of lower-case letters, digits and dashes.", nameof(name));
        }

        if (cron.Split(' ').Length != 5)
        {
            throw new ArgumentException(
                $"The job '{name}' has the schedule '{cron}', and needs five fields: minute, hour, day, month, weekday.", nameof(cron));
        }

        Name = name;
        Cron = cron;
        Description = description;
        Work = work;
    }

    /// <summary>Names the job in tables, logs and addresses; renaming one begins a new history.</summary>
    public string Name { get; }

    /// <summary>Five fields as crontab has them: minute, hour, day of the month, month, day of the week.</summary>
    public string Cron { get; }

    /// <summary>One short sentence for people.</summary>
    public string Description { get; }

    /// <summary>The class that does it, an <see cref="IRecurringWork"/>.</summary>
    public Type Work { get; }

    /// <summary>Whose clock <see cref="Cron"/> is read by. Default UTC, which knows no clock changes.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// How long to wait after each failure before the same run is tried again; when they are used up, the run has failed and the
    /// next due time is the next chance. Default 5 and 20 seconds: three attempts within half a minute.
    /// </summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    public static RecurringJob Of<TWork>(string name, string cron, string description)
        where TWork : class, IRecurringWork => new(name, cron, description, typeof(TWork));
}
