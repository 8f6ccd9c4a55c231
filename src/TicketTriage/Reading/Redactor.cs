using System.Text;
using System.Text.RegularExpressions;

namespace TicketTriage.Reading;

/// <summary>
/// Masks personal data of one ticket, and puts it back. The same value gets the same placeholder in every text that goes through one
/// redactor. Whoever calls has to treat an exception as a refusal: what could not be masked doesn't leave.
/// </summary>
public sealed partial class Redactor
{
    private readonly IReadOnlyCollection<string> names;
    private readonly Func<string, IReadOnlyCollection<string>, List<PersonalSpan>> find;
    private readonly Dictionary<(string Type, string Value), string> placeholders = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <param name="names">Names of people known to the ticket: masked wherever they stand, whole or in parts.</param>
    public Redactor(IReadOnlyCollection<string>? names = null)
        : this(names ?? [], PersonalSpans.Find)
    {
    }

    internal Redactor(IReadOnlyCollection<string> names, Func<string, IReadOnlyCollection<string>, List<PersonalSpan>> find)
    {
        this.names = names;
        this.find = find;
    }

    /// <summary>What each placeholder stands for.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    public RedactedText Redact(string text)
    {
        var spans = find(text, names);
        var written = PlaceholderShape().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var redacted = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in spans)
        {
            redacted.Append(text, at, span.Start - at).Append(Placeholder(span.Type, text[span.Start..span.End], written));
            at = span.End;
        }

        return new RedactedText(redacted.Append(text, at, text.Length - at).ToString(), spans);
    }

    /// <summary>
    /// The text with each placeholder replaced by what it stands for; one that this redactor never gave stays as it is. Addresses of
    /// mail and secrets stay masked: who reads a note has them in the ticket, and a note must lead nowhere.
    /// </summary>
    public string PutBack(string text) => PlaceholderShape().Replace(
        text,
        placeholder => StaysMasked(placeholder.Value) ? placeholder.Value : values.GetValueOrDefault(placeholder.Value, placeholder.Value));

    private static bool StaysMasked(string placeholder) =>
        placeholder.StartsWith($"[{PersonalTypes.Email}_", StringComparison.Ordinal)
        || placeholder.StartsWith($"[{PersonalTypes.Credentials}_", StringComparison.Ordinal);

    private string Placeholder(string type, string value, HashSet<string> written)
    {
        var key = (type, Normalise(type, value));
        if (placeholders.TryGetValue(key, out var known))
        {
            return known;
        }

        // A customer may write [EMAIL_1] themselves; it must not come to mean somebody's address.
        string placeholder;
        do
        {
            numbers[type] = numbers.GetValueOrDefault(type) + 1;
            placeholder = $"[{type}_{numbers[type]}]";
        }
        while (written.Contains(placeholder));

        placeholders.Add(key, placeholder);
        values.Add(placeholder, value);
        return placeholder;
    }

    // One number written with and without spaces is one number.
    private static string Normalise(string type, string value) => type switch
    {
        PersonalTypes.Iban or PersonalTypes.Card or PersonalTypes.Phone or PersonalTypes.TaxId or PersonalTypes.SocialSecurity =>
            string.Concat(value.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '+')).ToUpperInvariant(),
        PersonalTypes.Email => value.ToUpperInvariant(),
        _ => value,
    };

    [GeneratedRegex(@"\[[A-Z]{2,20}_[0-9]{1,5}\]", RegexOptions.None, TextSearch.Patience)]
    private static partial Regex PlaceholderShape();
}
