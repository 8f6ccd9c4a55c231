namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Room to turn a text into numbers, used again and again. For one thread at a time.</summary>
internal sealed class ReadingDesk
{
    public char[] Folded { get; private set; } = [];

    public ulong[] Hashes { get; private set; } = [];

    /// <summary>How often the text has each piece; all 0 between two texts.</summary>
    public ushort[] Counts { get; private set; } = [];

    public int[] Numbers { get; private set; } = [];

    public float[] Values { get; private set; } = [];

    /// <param name="length">Of the text, in characters.</param>
    /// <param name="pieces">How many pieces are known.</param>
    public void MakeRoom(int length, int pieces)
    {
        var folded = FoldedText.RoomFor(length);
        if (Folded.Length < folded)
        {
            Folded = new char[folded];
            Hashes = new ulong[Math.Max(NGrams.RoomForRuns(folded), TextFeatures.RoomForWords(length, folded))];
            Numbers = new int[TextFeatures.RoomForWords(length, folded) + NGrams.RoomForRuns(folded)];
            Values = new float[Numbers.Length];
        }

        if (Counts.Length < pieces)
        {
            Counts = new ushort[pieces];
        }
    }
}
