using System.Buffers;

namespace TicketTriage.Understanding.Local;

/// <summary>One text as numbers: which pieces it has, and how much of each.</summary>
internal sealed class FeatureRow(int room) : IDisposable
{
    public int[] Numbers { get; private set; } = ArrayPool<int>.Shared.Rent(room);

    public float[] Values { get; private set; } = ArrayPool<float>.Shared.Rent(room);

    public int Count { get; set; }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(Numbers);
        ArrayPool<float>.Shared.Return(Values);
        (Numbers, Values, Count) = ([], [], 0);
    }
}
