using System.Numerics;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// From a piece's hash to its number, by open addressing: it is looked up for each piece of each text. Half of the hash is kept, so that a
/// line of memory holds eight places; with the place itself that mistakes one unknown piece in billions for a known one.
/// </summary>
internal sealed class FeatureTable
{
    private readonly Slot[] slots;
    private readonly int shift;

    /// <param name="hashes">Distinct; each gets its place in the list as its number.</param>
    public FeatureTable(IReadOnlyList<ulong> hashes)
    {
        var bits = Math.Max(4, 64 - BitOperations.LeadingZeroCount((ulong)hashes.Count * 3 / 2));
        slots = new Slot[1 << bits];
        shift = 64 - bits;
        for (var number = 0; number < hashes.Count; number++)
        {
            var mixed = Mix(hashes[number]);
            var place = (int)(mixed >> shift);
            while (!slots[place].IsFree)
            {
                place = (place + 1) & (slots.Length - 1);
            }

            slots[place] = new Slot((uint)mixed, number + 1);
        }
    }

    /// <returns>The number, or -1 for a piece that training never saw.</returns>
    public int Find(ulong hash)
    {
        var mixed = Mix(hash);
        var place = (int)(mixed >> shift);
        while (true)
        {
            ref readonly var slot = ref slots[place];
            if (slot.IsFree)
            {
                return -1;
            }

            if (slot.Check == (uint)mixed)
            {
                return slot.NumberFrom1 - 1;
            }

            place = (place + 1) & (slots.Length - 1);
        }
    }

    private static ulong Mix(ulong hash) => hash * 0x9E3779B97F4A7C15;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(uint Check, int NumberFrom1)
    {
        public bool IsFree => NumberFrom1 == 0;
    }
}
