namespace TicketTriage.Benchmarks.Load;

/// <summary>Sends webhooks over several connections at once and takes the time of each.</summary>
internal sealed class WebhookLoad(Uri target, string secret)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly WebhookDeliveries deliveries = new(target, secret, Clock);

    /// <summary>Every connection sends its next request as soon as it has the answer: as many as the service can take.</summary>
    public Task<Latencies> SendAllThatGoesAsync(int connections, TimeSpan length, CancellationToken cancellationToken) =>
        OverAsync(
            connections,
            async (connection, _, began, taken) =>
            {
                while (Clock.GetElapsedTime(began) < length)
                {
                    var request = deliveries.Next();
                    var sent = Clock.GetTimestamp();
                    await connection.SendAsync(request, cancellationToken);
                    taken.Add(Clock.GetElapsedTime(sent).TotalMilliseconds);
                }
            },
            cancellationToken);

    /// <summary>
    /// Requests by the clock, whatever the answers do. Each is timed from the moment it was due, so that a pause of the service counts for
    /// all requests that fall into it.
    /// </summary>
    public Task<Latencies> SendByTheClockAsync(int perSecond, int connections, TimeSpan length, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds((double)connections / perSecond);
        return OverAsync(
            connections,
            async (connection, place, began, taken) =>
            {
                for (var due = pause * place / connections; due < length; due += pause)
                {
                    await WaitUntilAsync(began, due, cancellationToken);
                    await connection.SendAsync(deliveries.Next(), cancellationToken);
                    taken.Add((Clock.GetElapsedTime(began) - due).TotalMilliseconds);
                }
            },
            cancellationToken);
    }

    private async Task<Latencies> OverAsync(
        int connections, Func<WebhookConnection, int, long, List<double>, Task> send, CancellationToken cancellationToken)
    {
        var open = new List<WebhookConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                open.Add(await WebhookConnection.OpenAsync(target, cancellationToken));
            }

            var taken = open.ConvertAll(_ => new List<double>());
            var began = Clock.GetTimestamp();
            await Task.WhenAll(open.Select((connection, place) => send(connection, place, began, taken[place])));
            var took = Clock.GetElapsedTime(began);
            return new Latencies([.. taken.SelectMany(times => times).Order()], took);
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task WaitUntilAsync(long began, TimeSpan due, CancellationToken cancellationToken)
    {
        while (due - Clock.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), Clock, cancellationToken);
        }
    }
}
