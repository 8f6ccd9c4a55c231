using System.Globalization;
using TicketTriage.Host.Pages;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Jobs;

/// <summary>Times and states of jobs as people read them.</summary>
internal static class JobWords
{
    public static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For machines, and for the title that a browser shows: the moment to the second.</summary>
    public static string Exact(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Until(Words say, DateTimeOffset due, DateTimeOffset now) =>
        due <= now ? say["now"] : say.Of("in {0}", say.Long(due - now));

    public static string Took(Words say, TimeSpan? duration) => duration is { } took ? say.Long(took) : "";

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
}
