using System.Diagnostics;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>
/// The server as our child. Linux ends such a child when the <i>thread</i> that started it ends, and threads of the pool come and go;
/// so one thread starts the server and does nothing but wait for its end.
/// </summary>
internal sealed class ServerProcess
{
    private readonly Process process;
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Ends with the process, with its exit code.</summary>
    public Task<int> Exited => exited.Task;

    public static async Task<ServerProcess> StartAsync(IReadOnlyList<string> commandLine)
    {
        var server = new ServerProcess(new Process { StartInfo = ExternalCommand.Describe(commandLine) });
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => server.StartAndWait(started)) { IsBackground = true, Name = "Private PostgreSQL" }.Start();
        await started.Task;
        return server;
    }

    /// <summary>Ends the process without asking; does nothing where it has ended.</summary>
    public void Kill()
    {
        if (!Exited.IsCompleted)
        {
            process.Kill();
        }
    }

    private void StartAndWait(TaskCompletionSource started)
    {
        try
        {
            process.Start();
            started.SetResult();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            started.SetException(e);
            return;
        }

        process.WaitForExit();
        exited.SetResult(process.ExitCode);
    }
}
