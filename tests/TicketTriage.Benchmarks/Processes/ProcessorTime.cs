using System.Globalization;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>
/// Processor time that processes have used, from <c>/proc/PID/stat</c> (proc(5)). What else the machine does shows in it less than in wall
/// time, but it does: twice as much was seen on crowded cores.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>What Linux counts in, whatever its kernel's own clock.</summary>
    private const double TicksPerSecond = 100;

    // Fields after the name in brackets, counted from 0.
    private const int Parent = 1;
    private const int User = 11;
    private const int System = 12;
    private const int UserOfEnded = 13;
    private const int SystemOfEnded = 14;

    public static TimeSpan Of(int process) => Sum(ReadFields($"/proc/{process}/stat"), User, System);

    /// <summary>A server with a process for each connection: itself, its children, and those that have ended.</summary>
    public static TimeSpan OfFamily(int process)
    {
        var family = Sum(ReadFields($"/proc/{process}/stat"), User, System, UserOfEnded, SystemOfEnded);
        var parent = process.ToString(CultureInfo.InvariantCulture);
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var fields = ReadFields(Path.Combine(directory, "stat"));
                family += fields[Parent] == parent ? Sum(fields, User, System) : TimeSpan.Zero;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
            {
                // It has ended since the directory was read; its parent counts it from now on.
                continue;
            }
        }

        return family;
    }

    private static string[] ReadFields(string file)
    {
        var line = File.ReadAllText(file);
        return line[(line.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static TimeSpan Sum(string[] fields, params ReadOnlySpan<int> which)
    {
        var ticks = 0L;
        foreach (var field in which)
        {
            ticks += long.Parse(fields[field], CultureInfo.InvariantCulture);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
