using Microsoft.Extensions.Logging;

namespace TicketTriage.Tests.Escalations;

/// <summary>A log in which a worker is killed as it writes a certain sentence: right after the step that the sentence tells of.</summary>
internal sealed class Trapdoor<T> : ILogger<T>
{
    /// <summary>Part of the sentence; <see langword="null"/> while nobody is to be killed.</summary>
    public string? Opens { get; set; }

    /// <summary>How many have fallen.</summary>
    public int Kills { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Opens is { } words && formatter(state, exception).Contains(words, StringComparison.Ordinal))
        {
            Opens = null;
            Kills++;
            throw new KilledException();
        }
    }
}

/// <summary>The worker is no more; what it had begun stays as it is.</summary>
internal sealed class KilledException : Exception;
