namespace TicketTriage.Understanding.Local.Classification;

/// <summary>One text as numbers: which pieces it has, words first, and how much of each.</summary>
internal readonly ref struct FeatureRow(ReadOnlySpan<int> numbers, ReadOnlySpan<float> values)
{
    public ReadOnlySpan<int> Numbers { get; } = numbers;

    public ReadOnlySpan<float> Values { get; } = values;

    public int Count => Numbers.Length;
}
