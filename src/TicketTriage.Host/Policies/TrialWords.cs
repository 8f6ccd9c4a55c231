using System.Text;
using TicketTriage.Host.Pages;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Policies;

/// <summary>What of a ticket would be otherwise, as people read it.</summary>
internal static class TrialWords
{
    /// <summary>Begins what is told of a level of the matrix.</summary>
    public const string Level = "level {0}";

    public static string Before(Words say, TrialChange change) =>
        change.Routes is { } routes ? Tell(say, routes.Before) : change.Words is { } words ? Tell(say, words.Before) : change.Before;

    public static string After(Words say, TrialChange change) =>
        change.Routes is { } routes ? Tell(say, routes.After) : change.Words is { } words ? Tell(say, words.After) : change.After;

    private static string Tell(Words say, IReadOnlyList<TrialWord> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            text.Append(text.Length == 0 ? "" : word.English == Level ? "; " : ", ");
            text.Append(say.Of(word.English, string.Join(", ", word.Values.Select(value => word.IsSaid ? say[value] : value))));
        }

        return text.ToString();
    }

    private static string Tell(Words say, IReadOnlyList<RoutePartValue> route) => string.Join(", ", route.Select(part => Tell(say, part)));

    private static string Tell(Words say, RoutePartValue part) => part switch
    {
        { Part: RouteParts.Priority } => say[part.Value],
        { Part: RouteParts.Agent, Value: "" } => say["any agent"],
        { Part: RouteParts.Agent } => say.Of("agent {0}", part.Value),
        { Part: RouteParts.Hold } => say[part.Value.Length > 0 ? "held" : "not held"],
        { Part: RouteParts.Skills, Value: "" } => say["no skills"],
        { Part: RouteParts.Skills } => say.Of("skills {0}", part.Value),
        { Part: RouteParts.Tags, Value: "" } => say["no tags"],
        { Part: RouteParts.Tags } => say.Of("tags {0}", part.Value),
        _ => part.Value,
    };
}
