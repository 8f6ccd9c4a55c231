using Microsoft.AspNetCore.Http;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

/// <summary>Answers that a Zendesk gives on good days and on bad ones.</summary>
internal static class Reply
{
    public static RequestDelegate Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Text(body, "application/json; charset=utf-8", status, headers);

    public static RequestDelegate Html(int status = 200) => Text("<!doctype html><title>Back soon</title>", "text/html", status, []);

    public static RequestDelegate Status(int status, params (string Name, string Value)[] headers) =>
        Text("", "application/json", status, headers);

    /// <summary>204; the server breaks the connection of one who writes even nothing after it.</summary>
    public static RequestDelegate NoContent() => context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    /// <summary>The connection ends where the answer should begin.</summary>
    public static RequestDelegate Broken() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>No answer until the caller gives up.</summary>
    public static RequestDelegate Silence() => async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    private static RequestDelegate Text(string body, string type, int status, (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        await context.Response.WriteAsync(body);
    };
}
