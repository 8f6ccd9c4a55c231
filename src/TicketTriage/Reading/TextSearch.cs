namespace TicketTriage.Reading;

internal static class TextSearch
{
    /// <summary>
    /// Milliseconds after which a search is given up, and with it the text. Every pattern takes time in proportion to the text; a megabyte
    /// made to be slow takes a second or two on a busy machine.
    /// </summary>
    public const int Patience = 10_000;
}
