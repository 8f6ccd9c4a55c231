namespace TicketTriage.Host.Pages;

/// <summary>Cells of the CSV files that pages offer.</summary>
internal static class CsvCells
{
    // A spreadsheet would take what begins like this for a formula, and names of groups come from elsewhere.
    public static string Of(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
