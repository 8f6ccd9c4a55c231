namespace TicketTriage.Understanding.Local;

/// <summary>From a piece's hash to its number, by open addressing: it is looked up for each piece of each text.</summary>
internal sealed class FeatureTable
{
    private readonly ulong[] keys;
    private readonly int[] numbers;
    private readonly int shift;

    /// <param name="hashes">Distinct, none of them 0; each gets its place in the list as its number.</param>
    /// <param name="first">The number of the first.</param>
    public FeatureTable(IReadOnlyCollection<ulong> hashes, int first)
    {
        var bits = Math.Max(4, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)hashes.Count * 2));
        keys = new ulong[1 << bits];
        numbers = new int[1 << bits];
        shift = 64 - bits;
        Count = hashes.Count;
        foreach (var hash in hashes)
        {
            var place = Place(hash);
            while (keys[place] != 0)
            {
                place = (place + 1) & (keys.Length - 1);
            }

            keys[place] = hash;
            numbers[place] = first++;
        }
    }

    public int Count { get; }

    /// <returns>The number, or -1 for a piece that training never saw.</returns>
    public int Find(ulong hash)
    {
        var place = Place(hash);
        while (keys[place] != hash)
        {
            if (keys[place] == 0)
            {
                return -1;
            }

            place = (place + 1) & (keys.Length - 1);
        }

        return numbers[place];
    }

    private int Place(ulong hash) => (int)((hash * 0x9E3779B97F4A7C15) >> shift);
}
