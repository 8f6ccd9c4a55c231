using System.Globalization;

namespace TicketTriage.Knowledge;

/// <summary>
/// What a file says of itself before its text: lines of <c>name: value</c> between two lines of <c>---</c>, or the further columns of a
/// table. Known are title, language, audience, product, owner, address, valid_from, valid_until, review.
/// </summary>
internal sealed record ArticleHead
{
    public string? Title { get; init; }

    public string? Language { get; init; }

    public KnowledgeAudience? Audience { get; init; }

    public string? Product { get; init; }

    public string? Owner { get; init; }

    public Uri? Address { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The end of the day that the file names (UTC): on that day it still holds.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>A sentence for each line that is not as it should be.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <returns>The head, empty where there is none, and the text after it.</returns>
    public static (ArticleHead Head, string Body) Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].Trim() == "---" ? Array.FindIndex(lines, 1, line => line.Trim() == "---") : -1;
        if (end < 0)
        {
            return (new ArticleHead(), text.TrimStart('\uFEFF'));
        }

        var head = new ArticleHead();
        foreach (var line in lines[1..end].Where(line => !string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#')))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            head = colon < 0 ? head.With($"the line \"{line.Trim()}\" is not of the form name: value.") : head.With(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        return (head, string.Join('\n', lines[(end + 1)..]));
    }

    public ArticleHead With(string name, string value)
    {
        var text = value.Trim().Trim('"', '\'');
        if (text.Length == 0)
        {
            return this;
        }

        return name.ToLowerInvariant() switch
        {
            "title" => this with { Title = text },
            "language" => text.Length == 2 ? this with { Language = text.ToLowerInvariant() } : With($"language is {text}: two letters such as de are expected."),
            "audience" => AudienceOf(text) is { } audience
                ? this with { Audience = audience }
                : With($"audience is {text}: customers, agents or nobody is expected."),
            "product" => this with { Product = text },
            "owner" => this with { Owner = text },
            "address" => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? this with { Address = address }
                : With($"address is {text}: an address with https is expected."),
            "valid_from" => Day(text) is { } from ? this with { ValidFrom = from } : With(NoDay(name, text)),
            "valid_until" => Day(text) is { } until ? this with { ValidUntil = until.AddDays(1) } : With(NoDay(name, text)),
            "review" => Day(text) is { } review ? this with { ReviewAt = review } : With(NoDay(name, text)),
            _ => With($"{name} is no property of an article; known are title, language, audience, product, owner, address, valid_from, valid_until and review."),
        };
    }

    private ArticleHead With(string fault) => this with { Faults = [.. Faults, fault] };

    private static string NoDay(string name, string text) => $"{name} is {text}: a day such as 2026-11-22 is expected.";

    // By name alone: 0 is nobody's word for customers.
    private static KnowledgeAudience? AudienceOf(string text) => text.ToLowerInvariant() switch
    {
        "customers" => KnowledgeAudience.Customers,
        "agents" => KnowledgeAudience.Agents,
        "nobody" => KnowledgeAudience.Nobody,
        _ => null,
    };

    private static DateTimeOffset? Day(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
