namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Many texts as numbers, one after the other in the same arrays: which pieces each has, and how much of each.</summary>
internal sealed class FeatureRows
{
    private readonly List<int> starts = [0];
    private int[] numbers = new int[1024];
    private float[] values = new float[1024];

    public int Count => starts.Count - 1;

    public FeatureRow this[int row] => new(numbers.AsSpan(starts[row]..starts[row + 1]), values.AsSpan(starts[row]..starts[row + 1]));

    public void Add(FeatureRow row)
    {
        var start = starts[^1];
        var end = start + row.Count;
        if (end > numbers.Length)
        {
            Array.Resize(ref numbers, Math.Max(end, numbers.Length * 2));
            Array.Resize(ref values, numbers.Length);
        }

        row.Numbers.CopyTo(numbers.AsSpan(start));
        row.Values.CopyTo(values.AsSpan(start));
        starts.Add(end);
    }
}
