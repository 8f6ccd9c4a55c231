using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;

namespace TicketTriage.Host.Webhooks;

/// <summary>
/// <c>POST /webhooks/{helpdesk}</c>: who sent it, what is it, store it, 202. Nothing else happens here: Zendesk waits about ten
/// seconds and stops sending after too many failures.
/// </summary>
internal sealed partial class WebhookDoor(
    HelpdeskDirectory helpdesks, OwnUsers own, IntakeDesk desk, IntakeMeter meter, TimeProvider clock, ILogger<WebhookDoor> logger)
{
    /// <summary>Largest body. Zendesk's own limit is a quarter of it.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Zendesk itself waits twelve seconds for everything; whoever needs longer for its body only holds our memory.</summary>
    private static readonly TimeSpan LongestBody = TimeSpan.FromSeconds(10);

    /// <summary>Zendesk comes again by itself only after less than a minute.</summary>
    private const string ComeAgainAfterSeconds = "20";

    public async Task HandleAsync(HttpContext context)
    {
        var name = (string?)context.Request.RouteValues["helpdesk"] ?? "";
        if (helpdesks.FindWebhookReader(name) is not { } reader)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "No helpdesk of this name is configured.");
            return;
        }

        var body = await ReadBodyAsync(context.Request);
        if (body.Refusal is { } refusal)
        {
            await RefuseBodyAsync(context, refusal);
            return;
        }

        var verdict = Read(reader, context.Request, body);
        if (verdict.Outcome != DeliveryOutcome.Genuine || verdict.Delivery is not { } delivery)
        {
            await AnswerOtherAsync(context, name, verdict);
            return;
        }

        try
        {
            var accepted = new AcceptedDelivery(name, delivery, own.IsOwn(name, delivery.ActorId))
            {
                // Where nobody records the request there is nothing to be linked to.
                Trace = Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } request ? request.Id : null,
            };
            await desk.AcceptAsync(accepted, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            meter.Answered(name, "accepted");
        }
        catch (IntakeBusyException e)
        {
            meter.Answered(name, "busy");
            context.Response.Headers.RetryAfter = ComeAgainAfterSeconds;
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"{e.Message} Please send it again.");
        }
    }

    private async Task AnswerOtherAsync(HttpContext context, string name, DeliveryVerdict verdict)
    {
        var why = verdict.Reason ?? "";
        meter.Answered(name, "refused");
        switch (verdict.Outcome)
        {
            case DeliveryOutcome.Genuine or DeliveryOutcome.OfNoConcern:
                OfNoConcern(name, why);
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case DeliveryOutcome.NotGenuine:
                // No detail for whoever tries signatures; the log has it.
                NotGenuine(name, why);
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The signature is missing or not right.");
                break;
            case DeliveryOutcome.Unreadable:
                Unreadable(name, why);
                await RefuseAsync(context, StatusCodes.Status400BadRequest, why);
                break;
        }
    }

    private static DeliveryVerdict Read(IWebhookReader reader, HttpRequest request, Body body)
    {
        try
        {
            return reader.Read(header => request.Headers[header], body.Bytes.Span);
        }
        finally
        {
            body.Free();
        }
    }

    /// <summary>Reads up to the cap and no further: a larger body is never held in memory.</summary>
    private async ValueTask<Body> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes)
        {
            return Body.Refused(StatusCodes.Status413PayloadTooLarge);
        }

        using var limit = new CancellationTokenSource(LongestBody, clock);
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(limit.Token);
                var buffer = read.Buffer;
                if (buffer.Length > MostBytes)
                {
                    request.BodyReader.AdvanceTo(buffer.End);
                    return Body.Refused(StatusCodes.Status413PayloadTooLarge);
                }

                if (read.IsCompleted)
                {
                    return new Body(request.BodyReader, buffer);
                }

                request.BodyReader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Body.Refused(StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException e)
        {
            // The server's own limits, or a body that isn't put together as HTTP asks.
            return Body.Refused(e.StatusCode);
        }
    }

    private static Task RefuseBodyAsync(HttpContext context, int status)
    {
        if (status != StatusCodes.Status413PayloadTooLarge)
        {
            // The rest would be waited for before the connection could be used again.
            context.Response.Headers.Connection = "close";
        }

        return RefuseAsync(context, status, status switch
        {
            StatusCodes.Status413PayloadTooLarge => "The body is larger than 1 MiB.",
            StatusCodes.Status408RequestTimeout => $"The body took longer than {LongestBody.TotalSeconds:0} seconds, or came too slowly.",
            _ => "The body can't be read.",
        });
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        Results.Problem(statusCode: status, detail: detail).ExecuteAsync(context);

    [LoggerMessage(LogLevel.Warning, "A delivery to {Helpdesk} was refused: {Reason}")]
    private partial void NotGenuine(string helpdesk, string reason);

    [LoggerMessage(LogLevel.Warning, "A delivery to {Helpdesk} with a good signature can't be read: {Reason}")]
    private partial void Unreadable(string helpdesk, string reason);

    [LoggerMessage(LogLevel.Debug, "A delivery to {Helpdesk} is of no concern: {Reason}")]
    private partial void OfNoConcern(string helpdesk, string reason);

    /// <summary>A body in the server's own memory, to be freed after reading; copied only where it lies in several pieces.</summary>
    private readonly struct Body
    {
        private readonly PipeReader? pipe;
        private readonly ReadOnlySequence<byte> sequence;

        public Body(PipeReader pipe, ReadOnlySequence<byte> sequence)
        {
            this.pipe = pipe;
            this.sequence = sequence;
            Bytes = sequence.IsSingleSegment ? sequence.First : sequence.ToArray();
        }

        /// <summary>The status with which it is refused; <see langword="null"/> where it is there.</summary>
        public int? Refusal { get; private init; }

        public static Body Refused(int status) => new() { Refusal = status };

        public ReadOnlyMemory<byte> Bytes { get; }

        public void Free() => pipe?.AdvanceTo(sequence.End);
    }
}
