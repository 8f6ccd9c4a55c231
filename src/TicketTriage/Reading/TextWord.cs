namespace TicketTriage.Reading;

/// <summary>A word or a number within a text.</summary>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Folded">In small letters without accents, <c>ä</c> as <c>ae</c>.</param>
/// <param name="IsCapital">True where it begins with a capital letter.</param>
/// <param name="IsNumber">True where it begins with a digit, as in <c>12b</c>.</param>
internal readonly record struct TextWord(int Start, int End, string Folded, bool IsCapital, bool IsNumber)
{
    public int Length => End - Start;
}
