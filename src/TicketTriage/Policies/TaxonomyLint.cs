using System.Text.RegularExpressions;

namespace TicketTriage.Policies;

/// <summary>Finds what is wrong with a taxonomy before it is used.</summary>
public static partial class TaxonomyLint
{
    /// <summary>Stands in a reply for the requester's name.</summary>
    public const string RequesterName = "{requester_name}";

    /// <summary>Stands in a reply for the sentence that asks for missing fields.</summary>
    public const string AskMissing = "{ask_missing}";

    /// <summary>
    /// Begins what stands in a reply for a field that the ticket has, <c>{field:order_number}</c>; a line with one that it lacks is left out.
    /// </summary>
    public const string FieldBegin = "{field:";

    /// <summary>Every intent speaks these.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en"];

    /// <returns>Each fault with its place, in one sentence; empty where there is none.</returns>
    public static IReadOnlyList<string> FindFaults(Taxonomy taxonomy)
    {
        var faults = new List<string>();
        if (taxonomy.Intents.Count < 2)
        {
            faults.Add("The taxonomy has fewer than two intents, so there is nothing to choose between.");
        }

        AddDoubles(faults, "intent", taxonomy.Intents.Select(intent => intent.Name));
        AddDoubles(faults, "product", taxonomy.Products.Select(product => product.Name));
        AddDoubles(faults, "field", taxonomy.Fields.Select(field => field.Name));

        foreach (var intent in taxonomy.Intents)
        {
            AddFaultsOf(intent, taxonomy, faults);
        }

        foreach (var product in taxonomy.Products.Where(product => !product.Words.Any(word => word.Any(char.IsLetterOrDigit))))
        {
            faults.Add($"Product {product.Name} has no words that speak for it.");
        }

        foreach (var field in taxonomy.Fields)
        {
            AddFaultsOf(field, faults);
        }

        return faults;
    }

    private static void AddDoubles(List<string> faults, string what, IEnumerable<string> names) =>
        faults.AddRange(names.CountBy(name => name).Where(name => name.Value > 1)
            .Select(name => $"There are {name.Value} of {what} {name.Key}."));

    private static void AddFaultsOf(Intent intent, Taxonomy taxonomy, List<string> faults)
    {
        var place = $"Intent {intent.Name}";
        if (!IntentName().IsMatch(intent.Name))
        {
            faults.Add($"{place} needs a name of two levels in lower case, such as billing/refund.");
        }

        if (!SkillName().IsMatch(intent.Skill))
        {
            faults.Add($"{place} needs a skill in lower case, such as billing.");
        }

        AddMissingLanguages(faults, $"{place}, title", intent.Title);
        AddMissingLanguages(faults, $"{place}, description", intent.Description);
        foreach (var language in Languages)
        {
            if (!intent.Examples.TryGetValue(language, out var examples) || examples.Count == 0)
            {
                faults.Add($"{place} has no examples in {language}.");
            }
        }

        foreach (var (language, _) in intent.Examples.Where(examples => examples.Value.Any(string.IsNullOrWhiteSpace)))
        {
            faults.Add($"{place} has an empty example in {language}.");
        }

        AddDoubles(faults, $"the need of {place}:", intent.Needs);
        foreach (var need in intent.Needs.Where(need => taxonomy.Fields.All(field => field.Name != need)))
        {
            faults.Add($"{place} needs the field {need}, which the taxonomy does not have.");
        }

        if (intent.Reply.Count > 0)
        {
            AddMissingLanguages(faults, $"{place}, reply", intent.Reply);
        }

        foreach (var (language, reply) in intent.Reply)
        {
            AddFaultsOfReply($"{place}, reply in {language},", reply, intent.Needs, faults);
        }
    }

    private static void AddFaultsOfReply(string place, string reply, IReadOnlyList<string> needs, List<string> faults)
    {
        foreach (var name in Placeholder().Matches(reply).Select(match => match.Value))
        {
            if (!name.StartsWith(FieldBegin, StringComparison.Ordinal))
            {
                if (name is not (RequesterName or AskMissing))
                {
                    faults.Add($"{place} has the placeholder {name}; known are {RequesterName}, {AskMissing} and {FieldBegin}NAME}}.");
                }
            }
            else if (!needs.Contains(name[FieldBegin.Length..^1]))
            {
                faults.Add($"{place} has the placeholder {name}; only fields that the intent needs are read from tickets.");
            }
        }

        if (needs.Count > 0 && !reply.Contains(AskMissing, StringComparison.Ordinal))
        {
            faults.Add($"{place} lacks {AskMissing}, although the intent needs fields.");
        }
    }

    private static void AddMissingLanguages(List<string> faults, string place, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var language in Languages.Where(language => string.IsNullOrWhiteSpace(texts.GetValueOrDefault(language))))
        {
            faults.Add($"{place} is missing in {language}.");
        }
    }

    private static void AddFaultsOf(Field field, List<string> faults)
    {
        AddMissingLanguages(faults, $"Field {field.Name}, title", field.Title);
        try
        {
            if (field.IsInNothing())
            {
                faults.Add($"Field {field.Name} has a pattern that finds itself even in an empty text.");
            }
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            faults.Add($"Field {field.Name} has a pattern that can't be used: {exception.Message}");
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]+/[a-z0-9-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IntentName();

    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SkillName();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
