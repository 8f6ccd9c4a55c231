namespace TicketTriage.Reading;

/// <summary>One line of a message on its way to being clean.</summary>
/// <param name="IsQuoted">True where its form says that it repeats an earlier message.</param>
internal readonly record struct MessageLine(string Text, bool IsQuoted)
{
    /// <summary>Counts the headings from 1; 0 for a line that is none.</summary>
    public int Heading { get; init; }

    public bool IsBlank => Text.Length == 0;

    /// <summary>True for a line in brackets that stands for something that isn't text.</summary>
    public bool IsMarker =>
        Text is QuotedHistory.Marker or SignatureBlock.Marker
        || (Text.EndsWith(']') && Text.StartsWith("[image", StringComparison.Ordinal));
}
