using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

internal static class ArrayReading
{
    /// <summary>Fills a list of numbers from their bytes, lowest first.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void ReadInto<T>(this BinaryReader reader, T[] numbers)
        where T : unmanaged => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
}
