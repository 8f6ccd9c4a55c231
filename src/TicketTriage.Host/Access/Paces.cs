using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace TicketTriage.Host.Access;

/// <summary>How often somebody may knock, and ask for replays. Keys are guessed by trying many.</summary>
internal static class Paces
{
    /// <summary>By the caller's address.</summary>
    public const string SignIn = "sign-in";

    /// <summary>By the name of whoever is signed in.</summary>
    public const string Replay = "replay";

    private const int SignInsPerMinute = 30;
    private const int ReplaysPerMinute = 60;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (rejection, _) =>
        {
            rejection.HttpContext.Response.Headers.RetryAfter = "60";
            await Results.Problem(
                statusCode: StatusCodes.Status429TooManyRequests, detail: "That was too often; wait a minute and try again.")
                .ExecuteAsync(rejection.HttpContext);
        };
        options.AddPolicy(SignIn, context => AMinute($"{context.Connection.RemoteIpAddress}", SignInsPerMinute));
        options.AddPolicy(Replay, context => AMinute(context.User.Identity?.Name ?? "", ReplaysPerMinute));
    }

    private static RateLimitPartition<string> AMinute(string whose, int most) => RateLimitPartition.GetFixedWindowLimiter(
        whose, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
