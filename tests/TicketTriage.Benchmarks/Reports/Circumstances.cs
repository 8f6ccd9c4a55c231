using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Diagnostics;

namespace TicketTriage.Benchmarks.Reports;

/// <summary>What a figure depends on and can't say itself.</summary>
internal static class Circumstances
{
    /// <param name="database">The server's version.</param>
    /// <param name="loadBefore">See <see cref="ReadLoad"/>.</param>
    public static string Describe(string database, double loadBefore) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, PostgreSQL {database}, {Build} build, "
        + $"load {loadBefore:0.0} before the run");

    /// <summary>Processes that wanted a core in the last minute: well above zero before the run, others' work is in the timings.</summary>
    public static double ReadLoad() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Build =>
        typeof(Circumstances).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true ? "Debug" : "Release";
}
