using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Sums over spans of one length, a multiple of what the processor takes in one step.</summary>
internal static class Lanes
{
    /// <summary>As many as any processor takes: a model learnt on one is read on another.</summary>
    private const int MostInOneStep = 16;

    /// <returns>The least such length that holds so many numbers.</returns>
    public static int RoomFor(int count) => (count + MostInOneStep - 1) / MostInOneStep * MostInOneStep;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sum = Vector<float>.Zero;
        for (var lane = 0; lane < ones.Length; lane++)
        {
            sum += ones[lane] * others[lane];
        }

        return Vector.Sum(sum);
    }

    /// <summary>Adds one span, so many times, to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float times, ReadOnlySpan<float> one, Span<float> to)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var tos = MemoryMarshal.Cast<float, Vector<float>>(to);
        var factor = new Vector<float>(times);
        for (var lane = 0; lane < ones.Length; lane++)
        {
            tos[lane] += ones[lane] * factor;
        }
    }
}
