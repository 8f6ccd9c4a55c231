using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>A reply for an agent to begin from. Never sent by itself.</summary>
/// <param name="Text">Plain text in <paramref name="Language"/>; what it cites stands in it as <c>[1]</c>.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Citations">
/// What each stated fact rests on, for a draft of the model; for a template, which states none, what the team's knowledge says of the matter.
/// </param>
/// <param name="NextSteps">What the agent does next, in the team's language.</param>
public sealed record ReplyDraft(string Text, string Language, IReadOnlyList<Citation> Citations, IReadOnlyList<string> NextSteps)
{
    /// <summary>Who wrote the text.</summary>
    public DraftOrigin Origin { get; init; }

    /// <summary>A sentence for each thing that was taken out of the text or is to be looked at, in the team's language.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = value ?? []; } = [];

    /// <summary>Why there is no text although an answer was found, in the team's language; <see langword="null"/> where nothing bars it.</summary>
    public string? Blocked { get; init; }

    /// <summary>What the team's knowledge had to say.</summary>
    public KnowledgeSupport Support { get; init; }

    /// <summary>Version of the style guide; empty in records from before there was one.</summary>
    public string StyleVersion { get; init => field = value ?? ""; } = "";

    /// <summary>For the person who takes the ticket; <see langword="null"/> where nothing speaks for handing it over.</summary>
    public HandOverPackage? HandOver { get; init; }
}

/// <summary>Where a draft comes from.</summary>
public enum DraftOrigin
{
    /// <summary>The taxonomy's reply for the intent; no text where it has none.</summary>
    Template = 0,

    /// <summary>A model, from passages of the team's knowledge, each sentence checked.</summary>
    Model,
}

/// <summary>A passage of the team's knowledge.</summary>
/// <param name="Number">As the draft cites it, from 1.</param>
/// <param name="Title">Of the article.</param>
/// <param name="Address">Where to read it; <see langword="null"/> where it has no address.</param>
/// <param name="Text">The passage itself, cut to what an agent takes in at a glance.</param>
/// <param name="IsForAgents">Customers may not read it.</param>
public sealed record Citation(int Number, string Title, string? Address, string Text, bool IsForAgents);
