using TicketTriage.Host.Tests.Jobs;

namespace TicketTriage.Host.Tests;

/// <summary>The tests are run by their runner; started by hand, they are the process that tests of jobs kill.</summary>
public static class TestProgram
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not [JobProcess.Verb, var connectionString])
        {
            await Console.Error.WriteLineAsync("Run the tests with: dotnet test");
            return 2;
        }

        await JobProcess.RunAsync(connectionString);
        return 0;
    }
}
