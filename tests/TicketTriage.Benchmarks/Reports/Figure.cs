using System.Globalization;
using System.Text.Json.Serialization;

namespace TicketTriage.Benchmarks.Reports;

/// <summary>One measured value, and what is wanted of it where something is.</summary>
/// <param name="Wanted">Such as <c>≥ 2</c>; <see langword="null"/> for what is only reported.</param>
internal sealed record Figure(string What, double Seen, string Unit, string? Wanted = null, bool? IsReached = null)
{
    [JsonIgnore]
    public string Verdict => IsReached switch
    {
        true => "reached",
        false => "MISSED",
        null => "",
    };

    public static Figure AtLeast(string what, double seen, string unit, double wanted) =>
        new(what, seen, unit, Bound("≥", wanted), seen >= wanted);

    public static Figure AtMost(string what, double seen, string unit, double wanted) =>
        new(what, seen, unit, Bound("≤", wanted), seen <= wanted);

    private static string Bound(string sign, double wanted) => string.Create(CultureInfo.InvariantCulture, $"{sign} {wanted}");
}
