using System.CommandLine;

namespace TicketTriage.Host.Commands;

/// <summary>Settings on the command line: <c>--Section:Key=value</c>, the last word over files and environment.</summary>
internal static class Settings
{
    /// <summary>The sections and keys at the top of the configuration. A file that has another is misspelt.</summary>
    private static readonly string[] Known =
    [
        "ConnectionStrings", "DataDirectory", "Urls", "Helpdesks", "Model", "Access", "Intake", "Reading", "Understanding", "Routing",
        "WriteBack", "Journey", "Jobs", "Demo", "Logging", "AllowedHosts", "Kestrel",
    ];

    /// <exception cref="UsageException">A word is no setting.</exception>
    public static string[] From(ParseResult parsed)
    {
        foreach (var word in parsed.UnmatchedTokens)
        {
            var name = word.TrimStart('-').Split('=', ':')[0];
            if (!word.StartsWith("--", StringComparison.Ordinal) || !word.Contains('=', StringComparison.Ordinal)
                || !Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new UsageException($"{word} is neither an option nor a setting of the form --Section:Key=value. See --help.");
            }
        }

        return [.. parsed.UnmatchedTokens];
    }

    /// <summary>Refuses a configuration file with a section that nothing reads.</summary>
    /// <exception cref="InvalidOperationException">Names the key, and the nearest one that exists.</exception>
    public static void RefuseUnknownSections(IConfigurationRoot configuration)
    {
        foreach (var file in configuration.Providers.OfType<FileConfigurationProvider>())
        {
            foreach (var key in file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!Known.Contains(key, StringComparer.OrdinalIgnoreCase))
                {
                    var nearest = Known.MinBy(known => Distance(known, key));
                    throw new InvalidOperationException(
                        $"{key}: there is no such key in the configuration ({file.Source.Path}); did you mean {nearest}?");
                }
            }
        }
    }

    /// <summary>Letters to change, add or leave out to get from one word to the other (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, corner + (same ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }
}
