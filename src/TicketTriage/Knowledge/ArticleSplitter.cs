namespace TicketTriage.Knowledge;

/// <summary>Cuts an article into passages: a section each, long sections between their lines or sentences.</summary>
public static class ArticleSplitter
{
    /// <summary>As much as an agent reads at a glance, and as little as one answer needs.</summary>
    public const int MostCharacters = 900;

    /// <summary>Of one article: beyond it nobody reads on, and a broken export must not fill the store.</summary>
    public const int MostPassages = 400;

    /// <returns>The pieces in their order; the same piece twice within an article is kept once.</returns>
    public static IReadOnlyList<ArticleSection> Split(KnowledgeArticle article) =>
        [.. article.Sections.SelectMany(Split).Distinct().Take(MostPassages)];

    private static IEnumerable<ArticleSection> Split(ArticleSection section)
    {
        if (section.Text.Length <= MostCharacters)
        {
            yield return section;
            yield break;
        }

        var piece = new System.Text.StringBuilder();
        foreach (var part in section.Text.Split('\n').SelectMany(Shorten))
        {
            if (piece.Length > 0 && piece.Length + 1 + part.Length > MostCharacters)
            {
                yield return section with { Text = piece.ToString() };
                piece.Clear();
            }

            piece.Append(piece.Length == 0 ? "" : "\n").Append(part);
        }

        if (piece.Length > 0)
        {
            yield return section with { Text = piece.ToString() };
        }
    }

    /// <summary>Cuts a line that is too long: after a sentence, else at a blank, else anywhere.</summary>
    private static IEnumerable<string> Shorten(string line)
    {
        var rest = line;
        while (rest.Length > MostCharacters)
        {
            var window = rest[..MostCharacters];
            var sentence = window.LastIndexOf(". ", StringComparison.Ordinal) + 1;
            var blank = window.LastIndexOf(' ');
            var cut = sentence > MostCharacters / 3 ? sentence : blank > MostCharacters / 3 ? blank : MostCharacters;
            if (char.IsHighSurrogate(rest[cut - 1]))
            {
                cut--;
            }

            yield return rest[..cut].Trim();
            rest = rest[cut..].Trim();
        }

        if (rest.Length > 0)
        {
            yield return rest;
        }
    }
}
