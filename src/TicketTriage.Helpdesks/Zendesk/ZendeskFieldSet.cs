using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// Which of an account's ticket fields are the triage's. Zendesk gives fields no names of ours, so a field is known by its title
/// (<c>Triage intent</c>) or by <c>triage_intent</c> in its description for agents, which outlives a new title.
/// </summary>
internal sealed class ZendeskFieldSet
{
    private static readonly TriageField[] All = Enum.GetValues<TriageField>();

    private readonly Dictionary<TriageField, ZendeskField> known = [];
    private readonly Dictionary<long, (string Name, ZendeskField Field)> others = [];

    /// <param name="fault">Why the fields could not be read; <see langword="null"/> where they could.</param>
    public ZendeskFieldSet(string helpdesk, IReadOnlyList<ZendeskField> fields, string? fault = null)
    {
        var faults = new List<string>();
        foreach (var field in All)
        {
            var ours = fields.Where(candidate => candidate.Id is not null && IsOurs(candidate, KeyOf(field))).ToList();
            if (ours.Find(candidate => candidate.Active != false && HasUsableType(candidate)) is { } usable)
            {
                known.Add(field, usable);
            }
            else if (fault is null)
            {
                faults.Add($"The field {KeyOf(field)} is not filled: {WhyNot(helpdesk, KeyOf(field), ours)}.");
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in fields.Where(candidate => candidate.Active != false && IsClosed(candidate)))
        {
            if (other.Id is { } id && NameOf(other) is { Length: > 0 } name && !All.Any(field => IsOurs(other, KeyOf(field))) && names.Add(name))
            {
                others.Add(id, (name, other));
            }
        }

        Faults = fault is not null ? [$"No field is read or filled: {fault}"]
            : fields.Any(candidate => All.Any(field => IsOurs(candidate, KeyOf(field)))) ? faults
            : [$"No field is filled: {helpdesk} has none of the triage's ticket fields; connect {helpdesk} makes them."];
    }

    /// <summary>A sentence for each field that can't be filled.</summary>
    public IReadOnlyList<string> Faults { get; }

    public IReadOnlyList<TriageField> Fields => [.. known.Keys];

    public ZendeskField? Find(TriageField field) => known.GetValueOrDefault(field);

    /// <summary>What the field is known by, wherever its administrator lets it stand.</summary>
    public static string KeyOf(TriageField field) => $"triage_{field.ToString().ToLowerInvariant()}";

    public static bool IsChoice(ZendeskField field) => field.Type == "tagger";

    /// <summary>The values of the triage's fields on a ticket, in neutral words; those without a value are missing.</summary>
    public IReadOnlyDictionary<TriageField, string> Read(IReadOnlyList<ZendeskFieldValue?> values)
    {
        var read = new Dictionary<TriageField, string>();
        foreach (var (field, ours) in known)
        {
            var value = values.FirstOrDefault(candidate => candidate?.Id == ours.Id)?.Value;
            if (value is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } word)
            {
                read.Add(field, IsChoice(ours) ? NeutralWord(field, ours, word) : word);
            }
        }

        return read;
    }

    /// <summary>
    /// The values of the account's own fields with a closed list of choices, in the words that people read there, by the fields' titles in
    /// lower case with <c>_</c> for what is no letter or digit. Of two fields with one title the first counts.
    /// </summary>
    public IReadOnlyDictionary<string, string> ReadOthers(IReadOnlyList<ZendeskFieldValue?> values)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value is { Id: { } id, Value: { } chosen } && others.TryGetValue(id, out var other))
            {
                var word = chosen.ValueKind switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    JsonValueKind.String => NameOfChoice(other.Field, chosen.GetString()),
                    _ => null,
                };
                if (word is { Length: > 0 })
                {
                    read[other.Name] = word;
                }
            }
        }

        return read;
    }

    /// <summary>Turns values into what Zendesk takes.</summary>
    /// <param name="leftOut">Gets each field that the account doesn't have, or not with this choice, and a sentence that says so.</param>
    public IReadOnlyList<ZendeskFieldChange> Plan(
        string helpdesk, IReadOnlyDictionary<TriageField, string> wanted, Dictionary<TriageField, string> leftOut)
    {
        var changes = new List<ZendeskFieldChange>();
        foreach (var (field, value) in wanted)
        {
            if (Find(field) is not { Id: { } id } ours)
            {
                leftOut.Add(
                    field,
                    $"The field {KeyOf(field)} was left out: {helpdesk} doesn't have it, or under another name; run connect {helpdesk}.");
            }
            else if (!IsChoice(ours))
            {
                changes.Add(new ZendeskFieldChange(id, value));
            }
            else if (FindOption(field, ours, value)?.Value is { Length: > 0 } tag)
            {
                changes.Add(new ZendeskFieldChange(id, tag));
            }
            else
            {
                leftOut.Add(
                    field, $"The field {KeyOf(field)} was left out: it has no choice {value} (any more); run connect {helpdesk}.");
            }
        }

        return changes;
    }

    /// <summary>The choice that stands for a value: by its name, or by the tag that ends in it.</summary>
    public static ZendeskFieldOption? FindOption(TriageField field, ZendeskField ours, string value)
    {
        var options = (ours.CustomFieldOptions ?? []).OfType<ZendeskFieldOption>();
        var slug = Slug(value);
        return options.FirstOrDefault(option => WithoutPrefix(field, option.Value ?? "") == slug || Slug(option.Name ?? "") == slug);
    }

    /// <summary>The tag that a choice puts on its ticket: the one that is written anyway, so that tag and field never disagree.</summary>
    public static string TagOf(string prefix, TriageField field, string value) =>
        $"{prefix}{field.ToString().ToLowerInvariant()}_{Slug(value)}";

    private static string NeutralWord(TriageField field, ZendeskField ours, string tag)
    {
        var bare = WithoutPrefix(field, tag);
        var name = (ours.CustomFieldOptions ?? []).FirstOrDefault(option => option?.Value == tag)?.Name;
        return name is not null && Slug(name) == bare ? name : bare;
    }

    private static string WithoutPrefix(TriageField field, string tag)
    {
        var mark = $"_{field.ToString().ToLowerInvariant()}_";
        var at = tag.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? tag : tag[(at + mark.Length)..];
    }

    private static bool IsOurs(ZendeskField field, string key) =>
        field.Tag == key
        || Slug(field.RawTitle ?? "") == key
        || Slug(field.Title ?? "") == key
        || field.AgentDescription?.Contains(key, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsClosed(ZendeskField field) => IsChoice(field) || field.Type == "checkbox";

    private static string NameOf(ZendeskField field) => Slug((field.RawTitle ?? field.Title ?? "").Trim());

    private static string? NameOfChoice(ZendeskField field, string? tag) =>
        (field.CustomFieldOptions ?? []).FirstOrDefault(option => option?.Value == tag)?.Name ?? tag;

    private static bool HasUsableType(ZendeskField field) => field.Type is "tagger" or "text" or "textarea";

    private static string WhyNot(string helpdesk, string key, List<ZendeskField> ours) => ours switch
    {
        [] => $"{helpdesk} has no ticket field of this name (any more); connect {helpdesk} makes it",
        [{ Active: false } off, ..] => $"ticket field {off.Id} is switched off; switch it on, or take {key} out of its description",
        [var other, ..] => $"ticket field {other.Id} is a {other.Type}, and only choices and texts are filled",
    };

    private static string Slug(string text) =>
        string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
}
