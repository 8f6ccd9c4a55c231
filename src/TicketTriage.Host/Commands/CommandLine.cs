using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Policies;
using TicketTriage.Storage;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary>Exit codes: 0 done, 1 failed, 2 wrong usage. Errors are one sentence on standard error.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    /// <summary>Enough for the host to end what is under way (30 seconds) and for a private database to stop after it.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);

    /// <param name="standard">What runs when no command is named.</param>
    public static async Task<int> RunAsync(string[] args, Command standard, params Command[] others)
    {
        var root = new RootCommand("TicketTriage reads, understands and routes the tickets of a helpdesk, and writes back what it found.");
        root.Subcommands.Add(standard);
        foreach (var command in others)
        {
            root.Subcommands.Add(command);
        }

        var namesNone = args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version"));
        var parsed = root.Parse(namesNone ? [standard.Name, .. args] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"{error.Message} See --help.");
            }

            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToStop });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Failed;
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongUsage;
        }
        catch (Exception e) when (FaultsOf(e) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return Failed;
        }
        catch (PolicyFaultyException e)
        {
            await Console.Error.WriteLineAsync(OneLine(e));
            return Failed;
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) || e is PostgresException)
        {
            await Console.Error.WriteLineAsync(
                $"The database can't be used ({Innermost(e)}); check ConnectionStrings:{StorageServices.ConnectionName} and that PostgreSQL runs.");
            return Failed;
        }
        catch (InvalidDataException e)
        {
            // A file that can't be parsed: its name stands in the message, the place in the cause.
            await Console.Error.WriteLineAsync($"{e.Message} {Innermost(e)}");
            return Failed;
        }
        catch (Exception e) when (e is LearningException or InvalidOperationException or IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync(OneLine(e));
            return Failed;
        }
    }

    /// <summary>What is wrong with the configuration; several sections may be at once.</summary>
    private static IReadOnlyList<string> FaultsOf(Exception e) => e switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(FaultsOf)],
        _ => [],
    };

    private static string Innermost(Exception e) => OneLine(e.GetBaseException());

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}

/// <summary>The command line asks for something that doesn't exist.</summary>
internal sealed class UsageException(string message) : Exception(message);
