using System.Globalization;
using System.Net.Http.Headers;

namespace TicketTriage.Helpdesks.Quotas;

/// <summary>What an answer says about the caller's quota, in whichever spelling.</summary>
/// <param name="Readings">One for each spelling that the answer uses.</param>
/// <param name="Used">Calls that this one counted as; <see langword="null"/> where the vendor doesn't say.</param>
internal sealed record RateHeaders(IReadOnlyList<RateReading> Readings, int? Used)
{
    /// <summary>Zendesk's for one endpoint: <c>Zendesk-RateLimit-tickets-index: total=100; remaining=99; resets=41</c>.</summary>
    private const string OwnPrefix = "Zendesk-RateLimit-";

    private static readonly RateHeaders Silent = new([], null);

    /// <summary>
    /// By the name that each header has in front of <c>-remaining</c> and <c>-reset</c>: Zendesk's documentation, its ticketing endpoints,
    /// its recorded traffic, Freshdesk.
    /// </summary>
    private static readonly Dictionary<string, (string Spelling, RateWord Word)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-Rate-Limit"] = ("X-Rate-Limit", RateWord.Limit),
        ["X-Rate-Limit-Remaining"] = ("X-Rate-Limit", RateWord.Left),
        ["X-Rate-Limit-Reset"] = ("X-Rate-Limit", RateWord.Reset),
        ["RateLimit-Limit"] = ("RateLimit", RateWord.Limit),
        ["RateLimit-Remaining"] = ("RateLimit", RateWord.Left),
        ["RateLimit-Reset"] = ("RateLimit", RateWord.Reset),
        ["Rate-Limit"] = ("Rate-Limit", RateWord.Limit),
        ["Rate-Limit-Remaining"] = ("Rate-Limit", RateWord.Left),
        ["Rate-Limit-Reset"] = ("Rate-Limit", RateWord.Reset),
        ["X-RateLimit-Total"] = ("X-RateLimit", RateWord.Limit),
        ["X-RateLimit-Limit"] = ("X-RateLimit", RateWord.Limit),
        ["X-RateLimit-Remaining"] = ("X-RateLimit", RateWord.Left),
        ["X-RateLimit-Reset"] = ("X-RateLimit", RateWord.Reset),
        ["X-RateLimit-Used-CurrentRequest"] = ("X-RateLimit", RateWord.Used),
    };

    private enum RateWord
    {
        Limit,
        Left,
        Reset,
        Used,
    }

    public static RateHeaders Read(HttpResponseHeaders headers, TimeProvider clock)
    {
        Dictionary<string, RateReading>? readings = null;
        int? used = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (Names.TryGetValue(name, out var known))
            {
                if (!long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    continue;
                }

                if (known.Word == RateWord.Used)
                {
                    used = Whole(number);
                    continue;
                }

                readings ??= new(StringComparer.Ordinal);
                var reading = readings.GetValueOrDefault(known.Spelling) ?? new RateReading();
                readings[known.Spelling] = With(reading, known.Word, number, clock);
            }
            else if (name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                readings ??= new(StringComparer.Ordinal);
                readings[name] = ReadOwn(values.ToString(), clock);
            }
        }

        return readings is null && used is null ? Silent : new RateHeaders(readings is null ? [] : [.. readings.Values], used);
    }

    private static RateReading With(RateReading reading, RateWord word, long number, TimeProvider clock) => word switch
    {
        RateWord.Limit => reading with { Limit = Whole(number) },
        RateWord.Left => reading with { Left = Whole(number) },
        RateWord.Reset => reading with { ResetIn = ResetIn(number, clock) },
        _ => reading,
    };

    private static RateReading ReadOwn(string text, TimeProvider clock)
    {
        var reading = new RateReading { IsOfCall = true };
        foreach (var pair in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (word, value) = pair.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (pair, "");
            if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            reading = word.ToLowerInvariant() switch
            {
                "total" => With(reading, RateWord.Limit, number, clock),
                "remaining" => With(reading, RateWord.Left, number, clock),
                "resets" => With(reading, RateWord.Reset, number, clock),
                _ => reading,
            };
        }

        return reading;
    }

    private static int Whole(long number) => (int)Math.Min(number, int.MaxValue);

    // Seconds to go, or on some servers a moment in Unix time. A window longer than an hour is neither.
    private static TimeSpan? ResetIn(long number, TimeProvider clock)
    {
        const long LongAgo = 1_000_000_000;
        var seconds = number > LongAgo ? number - clock.GetUtcNow().ToUnixTimeSeconds() : number;
        return seconds is >= 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : null;
    }
}

/// <param name="Limit">Calls a minute.</param>
/// <param name="Left">Calls that the vendor would still take in its present minute.</param>
/// <param name="ResetIn">When its next minute begins.</param>
internal sealed record RateReading(int? Limit = null, int? Left = null, TimeSpan? ResetIn = null)
{
    /// <summary>True where the header speaks of this kind of calls alone, whatever the number.</summary>
    public bool IsOfCall { get; init; }
}
