using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Testing;

/// <summary>
/// A model's server over real HTTP that plays what a test scripted, in its order, and keeps what it was asked. A call that nobody
/// scripted gets 418 and makes the disposal throw, so that the test fails.
/// </summary>
public sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> script = new();
    private readonly ConcurrentQueue<ModelCall> calls = new();
    private readonly CancellationTokenSource ending = new();
    private Func<ModelCall, string>? otherwise;
    private TimeSpan thinking;
    private int unscripted;

    private ScriptedModel(WebApplication server) => this.server = server;

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<ModelCall> Calls => [.. calls];

    /// <summary>Loopback, no path.</summary>
    public Uri Address => new(server.Urls.Single());

    public static async Task<ScriptedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var model = new ScriptedModel(builder.Build());
        model.server.Map("/{**path}", model.PlayAsync);
        await model.server.StartAsync();
        return model;
    }

    /// <summary>A chat completion with this text.</summary>
    /// <param name="chanceOf">How likely each piece of the text was; without it the model doesn't say.</param>
    public ScriptedModel Answers(string content, string finishReason = "stop", Func<string, double>? chanceOf = null) =>
        Plays(200, Completion(content, finishReason, chanceOf: chanceOf));

    /// <summary>A chat completion in which the model declines.</summary>
    public ScriptedModel Refuses(string words = "I can't help with that.") =>
        Plays(200, Completion(null, "stop", refusal: words));

    /// <summary>Any status and body.</summary>
    public ScriptedModel Plays(int status, string body, params (string Name, string Value)[] headers)
    {
        script.Enqueue(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(body, context.RequestAborted);
        });
        return this;
    }

    /// <summary>Takes the call and says nothing until the caller gives up.</summary>
    public ScriptedModel Hangs()
    {
        script.Enqueue(async context =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        return this;
    }

    /// <summary>Breaks the connection.</summary>
    public ScriptedModel HangsUp()
    {
        script.Enqueue(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        return this;
    }

    /// <summary>What to answer whenever the script is at its end, such as under load.</summary>
    /// <param name="after">How long it thinks.</param>
    public ScriptedModel Otherwise(Func<ModelCall, string> content, TimeSpan after = default)
    {
        otherwise = content;
        thinking = after;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await server.DisposeAsync();
        ending.Dispose();
        if (unscripted > 0)
        {
            throw new InvalidOperationException($"The model was asked {unscripted} times more often than scripted.");
        }
    }

    private async Task PlayAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new ModelCall(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body);
        calls.Enqueue(call);

        if (script.TryDequeue(out var play))
        {
            await play(context);
        }
        else if (otherwise is { } answer)
        {
            await Task.Delay(thinking, TimeProvider.System, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Completion(answer(call), "stop"), context.RequestAborted);
        }
        else
        {
            Interlocked.Increment(ref unscripted);
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
        }
    }

    // Pieces of five characters, wherever words end: a real model's don't follow JSON either.
    private static JsonObject Pieces(string content, Func<string, double> chanceOf) => new()
    {
        ["content"] = new JsonArray([.. content.Chunk(5).Select(piece => new JsonObject
        {
            ["token"] = new string(piece),
            ["logprob"] = Math.Log(chanceOf(new string(piece))),
            ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(piece).Select(part => JsonValue.Create(part))]),
            ["top_logprobs"] = new JsonArray(),
        })]),
    };

    private static string Completion(
        string? content, string finishReason, string? refusal = null, Func<string, double>? chanceOf = null) => new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1_760_000_000,
            ["model"] = "scripted-2026-01-01",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = refusal },
                ["finish_reason"] = finishReason,
                ["logprobs"] = chanceOf is null ? null : Pieces(content ?? "", chanceOf),
            }),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = 900,
                ["completion_tokens"] = 60,
                ["total_tokens"] = 960,
                ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 768 },
            },
        }.ToJsonString(JsonSerializerOptions.Default);
}

/// <summary>One call that the scripted model got.</summary>
/// <param name="Path">With its query.</param>
public sealed record ModelCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>What the caller said in one role: <c>system</c> or <c>user</c>.</summary>
    public string Said(string role) => string.Join('\n', Json.GetProperty("messages").EnumerateArray()
        .Where(message => message.GetProperty("role").GetString() == role)
        .Select(message => TextOf(message.GetProperty("content"))));

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString() ?? ""
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
