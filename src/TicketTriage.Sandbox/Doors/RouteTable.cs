using System.Globalization;

namespace TicketTriage.Sandbox.Doors;

/// <summary>Finds what answers a call.</summary>
internal sealed class RouteTable
{
    private readonly ILookup<int, (ApiCall Call, string[] Segments)> byLength;

    public RouteTable(IEnumerable<ApiCall> calls) =>
        byLength = calls
            .Select(call => (Call: call, Segments: call.Pattern.Split('/')))
            .ToLookup(known => known.Segments.Length);

    public Route Find(string method, string path)
    {
        var segments = path.Split('/');
        List<string>? otherMethods = null;
        foreach (var (call, pattern) in byLength[segments.Length])
        {
            if (!Fits(pattern, segments))
            {
                continue;
            }

            if (call.Method == method)
            {
                return new(call, path, $"{method} {call.Pattern}", Pick(pattern, segments), []);
            }

            (otherMethods ??= []).Add(call.Method);
        }

        var name = string.Join('/', segments.Select(segment => IsNumber(segment) ? "{id}" : segment));
        return new(null, path, $"{method} {name}", [], otherMethods ?? []);
    }

    private static bool Fits(string[] pattern, string[] segments)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            var fits = pattern[at] switch
            {
                "{id}" => IsNumber(segments[at]),
                ['{', ..] => segments[at].Length > 0,
                _ => pattern[at] == segments[at],
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Pick(string[] pattern, string[] segments) =>
        [.. segments.Where((_, at) => pattern[at].StartsWith('{'))];

    private static bool IsNumber(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>A call's path, understood.</summary>
/// <param name="Call"><see langword="null"/> where the sandbox has nothing there.</param>
/// <param name="Path">As it was called.</param>
/// <param name="Name">Method and path, ids replaced by <c>{id}</c>.</param>
/// <param name="Values">What stood in the place of the pattern's placeholders.</param>
/// <param name="OtherMethods">The methods that would be answered at this path, where this one isn't.</param>
internal sealed record Route(
    ApiCall? Call, string Path, string Name, IReadOnlyList<string> Values, IReadOnlyList<string> OtherMethods);
