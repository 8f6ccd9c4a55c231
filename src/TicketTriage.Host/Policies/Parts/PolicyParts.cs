using TicketTriage.Drafting.Style;
using TicketTriage.Policies;
using TicketTriage.Understanding;

namespace TicketTriage.Host.Policies.Parts;

/// <summary>What of the escalation matrix, the taxonomy and the style guide is edited by forms.</summary>
internal static class PolicyParts
{
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IReadOnlyList<PolicyPart> Matrix { get; } =
    [
        new("rows", "Row", "rows",
        [
            new("name", "Name") { IsRequired = true },
            new("intents", "Intents", PartFieldKind.List) { Hint = "billing/refund, or billing/* for the branch; empty for all" },
            new("priorities", "Priorities", PartFieldKind.Choices) { Choices = Priorities },
            new("segments", "Customer segments", PartFieldKind.List),
            new("levels", "Level", PartFieldKind.Rows)
            {
                Inner =
                [
                    new("atShare", "At this share of the target, in per cent", PartFieldKind.Share),
                    new("atRisk", "Or at this risk of a breach, in per cent", PartFieldKind.Share),
                    new("direction", "Direction", PartFieldKind.Choice) { Choices = ["functional", "hierarchical"], IsRequired = true },
                    new("who", "Who", PartFieldKind.List) { Hint = "people, rosters, assignee, group" },
                    new("acknowledgeMinutes", "To be taken within, in minutes", PartFieldKind.Number),
                    new("by", "How", PartFieldKind.Choices) { Choices = ["note", "mail", "chat", "webhook"] },
                    new("raiseTo", "Raise the priority to", PartFieldKind.Choice) { Choices = Priorities },
                    new("tag", "Tag"),
                    new("toGroup", "To the group"),
                ],
            },
        ])
        {
            IsOrdered = true,
        },
        new("at-once", "At once", "atOnce",
        [
            new("cause", "Cause") { IsRequired = true },
            new("signal", "Signal", PartFieldKind.Choice) { Choices = UrgencySignals.All },
            new("segment", "Customer segment"),
            new("words", "Words of the newest message, a line each", PartFieldKind.Lines),
            new("level", "Level that hears of it first", PartFieldKind.Number) { IsRequired = true },
            new("because", "Reason, as the second half of a sentence") { IsRequired = true },
        ]),
        new("people", "Person", "people",
        [
            new("quietHours.hours", "Quiet hours") { Hint = "22:00-06:00", TakesItsHolder = true },
            new("quietHours.zone", "Time zone") { Hint = "Europe/Berlin", TakesItsHolder = true },
        ])
        {
            IsNamed = true,
        },
        new("rosters", "Roster", "rosters",
        [
            new("zone", "Time zone") { Hint = "Europe/Berlin", IsRequired = true },
            new("shifts", "Shift", PartFieldKind.Rows)
            {
                Inner =
                [
                    new("person", "Person"), new("hours", "Hours") { Hint = "08:00-16:00" },
                    new("days", "Days", PartFieldKind.Choices) { Choices = Days },
                ],
            },
            new("swaps", "Swap or absence", PartFieldKind.Rows)
            {
                Inner =
                [
                    new("person", "Person"), new("from", "From") { Hint = "2026-12-24T08:00:00+01:00" }, new("to", "Until, not included"),
                ],
            },
        ])
        {
            IsNamed = true,
        },
        new("settings", "For all rows", "",
        [
            new("fallback", "Where nobody else is reached") { IsRequired = true },
            new("agentQuietHours.hours", "Quiet hours of agents who have a ticket") { Hint = "20:00-07:00", TakesItsHolder = true },
            new("agentQuietHours.zone", "Time zone of these") { Hint = "Europe/Berlin", TakesItsHolder = true },
            new("coolDownMinutes", "Minutes that a person who was told is left alone", PartFieldKind.Number) { IsRequired = true },
            new("mostMessages", "Messages to one person in 15 minutes, at most", PartFieldKind.Number) { IsRequired = true },
            new("remindCustomerAfterHours", "Hours after which a customer is reminded; empty for never", PartFieldKind.Number),
        ]),
    ];

    /// <param name="guide">Its languages have fields.</param>
    public static IReadOnlyList<PolicyPart> Style(StyleGuide guide) =>
    [
        new("languages", "Language", "languages",
        [
            new("address", "Form of address", PartFieldKind.Choice) { Choices = [.. Enum.GetNames<FormOfAddress>()] },
            new("tone", "Tone", PartFieldKind.Text),
            new("greeting", "Greeting") { IsRequired = true },
            new("closing", "Closing") { IsRequired = true },
            new("upset", "To somebody who is angry", PartFieldKind.Text) { IsRequired = true },
            new("person", "To somebody who asks for a person", PartFieldKind.Text) { IsRequired = true },
        ])
        {
            IsNamed = true,
        },
        new("promises", "Never promised", "forbiddenPromises",
        [
            new("name", "Name") { IsRequired = true },
            new("phrases", "Phrases, a line each", PartFieldKind.Lines),
            new("intents", "Intents", PartFieldKind.List) { Hint = "billing/refund, or billing/* for the branch; empty for all" },
        ]),
        new("snippets", "Verbatim text", "snippets",
        [
            new("name", "Name") { Hint = "right-of-withdrawal, in lower case", IsRequired = true },
            .. In(guide.Languages.Keys.Order(StringComparer.Ordinal), "text", "The text, letter for letter", PartFieldKind.Text),
            new("intents", "Intents", PartFieldKind.List) { Hint = "billing/refund, or billing/* for the branch; empty for all" },
        ]),
        new("glossary", "Name that is never translated", "glossary",
        [
            new("term", "Name") { IsRequired = true },
            new("not", "Translations that are put back, a line each", PartFieldKind.Lines),
        ]),
        new("settings", "For all languages", "",
        [
            new("mostWords", "Most words of a reply", PartFieldKind.Number) { IsRequired = true },
            new("policySources", "Sources of knowledge that may promise", PartFieldKind.List)
            {
                Hint = "names as on the page Knowledge; empty for all",
                GoesWhenEmpty = true,
            },
        ]),
    ];

    /// <param name="taxonomy">Its languages have fields; German and English always.</param>
    public static IReadOnlyList<PolicyPart> Taxonomy(Taxonomy taxonomy)
    {
        string[] languages =
            [.. taxonomy.Intents.SelectMany(intent => intent.Title.Keys).Concat(["de", "en"]).Distinct().Order(StringComparer.Ordinal)];
        return
        [
            new("intents", "Intent", "intents",
            [
                new("name", "Name") { Hint = "branch/name, in lower case", IsRequired = true },
                new("skill", "Skill") { IsRequired = true },
                new("risk", "Risk", PartFieldKind.Choice) { Choices = ["Low", "Medium", "High"], IsRequired = true },
                new("needs", "Needs", PartFieldKind.List) { Hint = "names of the fields below" },
                .. In(languages, "title", "Title", PartFieldKind.Line),
                .. In(languages, "description", "When it fits", PartFieldKind.Text),
                .. In(languages, "examples", "What customers write, a line each", PartFieldKind.Lines),
                new("words", "Words that speak for it, a line each", PartFieldKind.Lines),
                .. In(languages, "reply", "Reply to begin from", PartFieldKind.Text),
                .. In(languages, "nextSteps", "What the agent does next, a line each", PartFieldKind.Lines),
            ]),
            new("products", "Product", "products",
            [
                new("name", "Name") { IsRequired = true },
                new("words", "Words that speak for it, a line each", PartFieldKind.Lines),
            ]),
            new("fields", "Field", "fields",
            [
                new("name", "Name") { IsRequired = true },
                .. In(languages, "title", "Title", PartFieldKind.Line),
                new("pattern", "Regular expression that finds it") { IsRequired = true },
            ]),
        ];
    }

    private static IEnumerable<PartField> In(IEnumerable<string> languages, string path, string title, PartFieldKind kind) =>
        languages.Select(language => new PartField($"{path}.{language}", title, kind) { Language = language });
}
