using System.Globalization;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Jobs;

/// <summary>Times and states of jobs as people read them.</summary>
internal static class JobWords
{
    public static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For machines, and for the title that a browser shows: the moment to the second.</summary>
    public static string Exact(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Until(DateTimeOffset due, DateTimeOffset now) => due <= now ? "now" : $"in {Long(due - now)}";

    public static string Took(TimeSpan? duration) => duration is { } took ? Long(took) : "";

    public static string State(JobRunState state) => state switch
    {
        JobRunState.CutOff => "cut off",
        JobRunState.Running => "running",
        JobRunState.Done => "done",
        JobRunState.Failed => "failed",
    };

    public static string Tone(JobRunState state) => state switch
    {
        JobRunState.CutOff or JobRunState.Failed => "bad",
        JobRunState.Running => "busy",
        JobRunState.Done => "good",
    };

    private static string Long(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };
}
