using System.Diagnostics;
using System.Globalization;

namespace TicketTriage.Chaos.Trapdoors;

/// <summary>
/// Listens, inside the worker's process, to the spans of a ticket's way and strikes at the chosen one. The spans begin and end on the
/// worker's own thread, so nothing after the border has happened when the signal is sent.
/// </summary>
internal sealed class StepListener(Trapdoor trapdoor)
{
    private const string Source = "TicketTriage.Journey";
    private const string TicketTag = "ticket";

    private readonly (string Step, bool AtEnd) border = trapdoor.Point switch
    {
        StrikePoint.AfterClaim => ("journey", false),
        StrikePoint.AfterUnderstanding => ("understand", true),
        StrikePoint.BeforeWriteBack => ("send", false),
        StrikePoint.AfterWriteBack => ("send", true),
        StrikePoint.AfterCommit => ("finish", true),
    };

    private int passed;

    public void Listen() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == Source,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStarted = step => Pass(step, isEnd: false),
        ActivityStopped = step => Pass(step, isEnd: true),
    });

    private void Pass(Activity step, bool isEnd)
    {
        if (step.OperationName != border.Step || isEnd != border.AtEnd || (isEnd && step.Status != ActivityStatusCode.Ok)
            || (trapdoor.Ticket is { } only && step.GetTagItem(TicketTag) as string != only)
            || Interlocked.Increment(ref passed) <= trapdoor.Passings)
        {
            return;
        }

        using var sent = Process.Start(
            "kill", [trapdoor.Stops ? "-STOP" : "-KILL", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
    }
}
