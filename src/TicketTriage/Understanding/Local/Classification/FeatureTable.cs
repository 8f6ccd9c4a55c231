using System.Numerics;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>From a piece's hash to its number, by open addressing: it is looked up for each piece of each text.</summary>
internal sealed class FeatureTable
{
    private readonly Slot[] slots;
    private readonly int shift;

    /// <param name="hashes">Distinct, none of them 0; each gets its place in the list as its number.</param>
    public FeatureTable(IReadOnlyList<ulong> hashes)
    {
        var bits = Math.Max(4, 64 - BitOperations.LeadingZeroCount((ulong)hashes.Count * 2));
        slots = new Slot[1 << bits];
        shift = 64 - bits;
        for (var number = 0; number < hashes.Count; number++)
        {
            var place = Place(hashes[number]);
            while (slots[place].Hash != 0)
            {
                place = (place + 1) & (slots.Length - 1);
            }

            slots[place] = new Slot(hashes[number], number);
        }
    }

    /// <returns>The number, or -1 for a piece that training never saw.</returns>
    public int Find(ulong hash)
    {
        var place = Place(hash);
        while (true)
        {
            ref readonly var slot = ref slots[place];
            if (slot.Hash == hash)
            {
                return slot.Number;
            }

            if (slot.Hash == 0)
            {
                return -1;
            }

            place = (place + 1) & (slots.Length - 1);
        }
    }

    private int Place(ulong hash) => (int)((hash * 0x9E3779B97F4A7C15) >> shift);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(ulong Hash, int Number);
}
