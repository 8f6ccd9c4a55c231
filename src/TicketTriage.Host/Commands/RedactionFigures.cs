using System.Globalization;
using System.Text;
using System.Text.Json;
using TicketTriage.Reading;

namespace TicketTriage.Host.Commands;

/// <summary>How much of what is known to be personal was masked, by kind, and how much that only looks so.</summary>
internal sealed class RedactionFigures
{
    private readonly SortedDictionary<string, (int Masked, int All)> recall = new(StringComparer.Ordinal);
    private (int Masked, int All) lookAlikes;
    private long bytes;
    private TimeSpan taken;

    /// <param name="row">With <c>pii</c> and <c>hard_negatives</c>: lists of objects with entity_type, start and end.</param>
    /// <exception cref="FormatException">It has neither, or they aren't such lists.</exception>
    public void Add(JsonElement row, string text, IReadOnlyList<PersonalSpan> spans, TimeSpan elapsed)
    {
        try
        {
            foreach (var known in row.GetProperty("pii").EnumerateArray())
            {
                var (start, end) = (known.GetProperty("start").GetInt32(), known.GetProperty("end").GetInt32());
                var kind = known.GetProperty("entity_type").GetString() ?? "";
                var (masked, all) = recall.GetValueOrDefault(kind);
                recall[kind] = (masked + (IsHidden(text, start, end, spans) ? 1 : 0), all + 1);
            }

            if (row.TryGetProperty("hard_negatives", out var negatives))
            {
                foreach (var known in negatives.EnumerateArray())
                {
                    var (start, end) = (known.GetProperty("start").GetInt32(), known.GetProperty("end").GetInt32());
                    var isTouched = spans.Any(span => span.Start < end && span.End > start);
                    lookAlikes = (lookAlikes.Masked + (isTouched ? 1 : 0), lookAlikes.All + 1);
                }
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("it lacks pii, a list of objects with entity_type, start and end", exception);
        }

        bytes += Encoding.UTF8.GetByteCount(text);
        taken += elapsed;
    }

    public override string ToString()
    {
        var lines = new StringBuilder();
        foreach (var (kind, (masked, all)) in recall)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{kind}: {masked} of {all} masked whole, recall {(double)masked / all:F4}\n");
        }

        var share = lookAlikes.All == 0 ? 0 : (double)lookAlikes.Masked / lookAlikes.All;
        lines.Append(CultureInfo.InvariantCulture, $"look-alikes: {lookAlikes.Masked} of {lookAlikes.All} masked, share {share:F4}\n");
        return lines.Append(CultureInfo.InvariantCulture, $"time: {taken.TotalMilliseconds / Math.Max(1, bytes / 1000.0):F2} ms per kB").ToString();
    }

    // Every letter and digit has to be gone; a space or a comma at the edge betrays nothing.
    private static bool IsHidden(string text, int start, int end, IReadOnlyList<PersonalSpan> spans)
    {
        for (var at = start; at < end && at < text.Length; at++)
        {
            if (char.IsLetterOrDigit(text[at]) && !spans.Any(span => span.Start <= at && at < span.End))
            {
                return false;
            }
        }

        return true;
    }
}
