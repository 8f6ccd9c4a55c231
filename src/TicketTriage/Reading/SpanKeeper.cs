using System.Collections;

namespace TicketTriage.Reading;

/// <summary>Keeps spans that don't overlap: whoever comes first has the place.</summary>
internal sealed class SpanKeeper(int length)
{
    private readonly BitArray taken = new(length);
    private readonly List<PersonalSpan> spans = [];

    public IReadOnlyCollection<PersonalSpan> Spans => spans;

    public void Add(IEnumerable<PersonalSpan> found)
    {
        foreach (var span in found)
        {
            if (IsFree(span))
            {
                spans.Add(span);
                for (var at = span.Start; at < span.End; at++)
                {
                    taken[at] = true;
                }
            }
        }
    }

    public List<PersonalSpan> InOrder() => [.. spans.OrderBy(span => span.Start)];

    private bool IsFree(PersonalSpan span)
    {
        for (var at = span.Start; at < span.End; at++)
        {
            if (taken[at])
            {
                return false;
            }
        }

        return true;
    }
}
