using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Host.Tests;

/// <summary>Keeps what a host logs.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger, ISupportExternalScope
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = [];
    private readonly ConcurrentQueue<string> scopes = [];
    private IExternalScopeProvider? around;

    public IReadOnlyCollection<(LogLevel Level, string Text)> Lines => lines;

    /// <summary>What stands around the lines, each part by its name: logs in JSON have it.</summary>
    public IReadOnlyCollection<string> Scopes => scopes;

    public ILogger CreateLogger(string categoryName) => this;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => around = scopeProvider;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
        around?.ForEachScope(
            static (scope, kept) => kept.Enqueue(
                scope is IEnumerable<KeyValuePair<string, object?>> parts
                    ? string.Join(' ', parts.Select(part => $"{part.Key}={part.Value}"))
                    : $"{scope}"),
            scopes);
    }

    public void Dispose()
    {
    }
}
