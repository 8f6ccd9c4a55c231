namespace TicketTriage.Reading;

/// <summary>What mail addresses tell of the names of people.</summary>
internal static class MailNames
{
    private const int ShortestPart = 3;

    /// <summary>anna.becker+shop@… tells of Anna and of Becker; info@… of nobody.</summary>
    public static HashSet<string> Of(WordsOfText words, IEnumerable<PersonalSpan> found)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var span in found.Where(span => span.Type == PersonalTypes.Email))
        {
            var local = words.Text[span.Start..span.End].Split('@', '(', '[', '+')[0];
            var spelled = local.Split(['.', '_', '-', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Select(part => WordsOfText.Fold(part))
                .ToList();
            if (spelled.Count < 2 && !spelled.Exists(NameWords.IsListed))
            {
                continue;
            }

            parts.UnionWith(spelled.Where(part => part.Length >= ShortestPart && !part.Any(char.IsAsciiDigit) && !NameWords.IsNoName(part)
                && !NameWords.Particles.Contains(part)));
            parts.Add(string.Join('-', spelled.TakeLast(2)));
            parts.Add(string.Join('-', spelled.Take(2)));
        }

        return parts;
    }
}
