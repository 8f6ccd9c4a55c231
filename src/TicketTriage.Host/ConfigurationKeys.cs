using System.ComponentModel;
using Microsoft.Extensions.Options;
using TicketTriage.Drafting;
using TicketTriage.Escalations;
using TicketTriage.Forgetting;
using TicketTriage.Intake;
using TicketTriage.Journey;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Routing;
using TicketTriage.Storage;
using TicketTriage.Understanding;
using TicketTriage.WriteBack;

namespace TicketTriage.Host;

/// <summary>The keys that a configuration may have. One that nothing reads is misspelt, and would be missed where it was meant.</summary>
internal static class ConfigurationKeys
{
    /// <summary>
    /// What stands at the top, with the options that the keys below it set; <see langword="null"/> where their room, or the framework,
    /// looks at them by itself.
    /// </summary>
    private static readonly Dictionary<string, Type?> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConnectionStrings"] = null,
        ["DataDirectory"] = null,
        ["Urls"] = null,
        ["Helpdesks"] = null,
        ["Access"] = null,
        ["AllowedHosts"] = null,
        ["Kestrel"] = null,
        ["Logging"] = null,
        [SecretsOptions.Section] = typeof(SecretsOptions),
        [ModelOptions.Section] = typeof(ModelOptions),
        [IntakeOptions.Section] = typeof(IntakeOptions),
        [PolicyOptions.Section] = typeof(PolicyOptions),
        [ReadingOptions.Section] = typeof(ReadingOptions),
        [UnderstandingOptions.Section] = typeof(UnderstandingOptions),
        [RoutingOptions.Section] = typeof(RoutingOptions),
        [KnowledgeOptions.Section] = typeof(KnowledgeOptions),
        [DraftingOptions.Section] = typeof(DraftingOptions),
        [WriteBackOptions.Section] = typeof(WriteBackOptions),
        [EscalationOptions.Section] = typeof(EscalationOptions),
        [JourneyOptions.Section] = typeof(JourneyOptions),
        [RetentionOptions.Section] = typeof(RetentionOptions),
    };

    public static bool IsSection(string name) => Sections.ContainsKey(name);

    /// <exception cref="OptionsValidationException">Has a sentence for each key that doesn't exist or whose value can't be read.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        var faults = UnknownSections(configuration).ToList();
        foreach (var (name, options) in Sections)
        {
            if (options is not null)
            {
                faults.AddRange(FaultsBelow(configuration.GetSection(name), options));
            }
        }

        if (faults.Count > 0)
        {
            throw new OptionsValidationException("configuration", typeof(IConfiguration), faults);
        }
    }

    /// <summary>In files alone: an environment has variables of many programs.</summary>
    private static IEnumerable<string> UnknownSections(IConfigurationRoot configuration) =>
        from file in configuration.Providers.OfType<FileConfigurationProvider>()
        from key in file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase)
        where !IsSection(key)
        select $"{key}: there is no such key ({file.Source.Path}); the nearest is {Nearest(Sections.Keys, key)}.";

    private static IEnumerable<string> FaultsBelow(IConfigurationSection section, Type options)
    {
        var keys = options.GetProperties().Where(property => property.GetMethod is { IsStatic: false })
            .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child => keys.TryGetValue(child.Key, out var type)
            ? FaultsIn(child, type)
            : [$"{child.Path}: there is no such key; the nearest is {section.Path}:{Nearest(keys.Keys, child.Key)}."]);
    }

    private static IEnumerable<string> FaultsIn(IConfigurationSection section, Type type)
    {
        // A list, or a name of one's own for each.
        if (type.IsGenericType && type.GetGenericArguments() is [.., var item] && Nullable.GetUnderlyingType(type) is null)
        {
            return section.GetChildren().SelectMany(child => FaultsIn(child, item));
        }

        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (Expected(value) is not { } expected)
        {
            return FaultsBelow(section, value);
        }

        return section.Value is not { Length: > 0 } text || CanBeRead(text, value)
            ? []
            : [$"{section.Path}: expected {expected}, found \"{text}\"."];
    }

    private static bool CanBeRead(string text, Type type) =>
        type.IsEnum ? Enum.TryParse(type, text, ignoreCase: true, out _) : TypeDescriptor.GetConverter(type).IsValid(text);

    /// <returns><see langword="null"/> for a type that is no single value.</returns>
    private static string? Expected(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a time written as hours:minutes:seconds"
        : type == typeof(Uri) ? "an address"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(int) ? "a whole number"
        : type.IsPrimitive ? "a number"
        : null;

    private static string Nearest(IEnumerable<string> known, string key) => known.MinBy(name => Distance(name, key)) ?? key;

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
