using System.Runtime.InteropServices;
using TicketTriage.Reading;

namespace TicketTriage.Models;

/// <summary>One question to the model.</summary>
public sealed record ChatQuestion
{
    /// <summary>The helpdesk of the ticket, whose budget it is; <see langword="null"/> for a question about no ticket.</summary>
    public string? Helpdesk { get; init; }

    /// <summary>What the model shall do: our own words, the same for every ticket, so that providers can cache them.</summary>
    public required string Instructions { get; init; }

    /// <summary>What it shall do it with.</summary>
    public required RedactedText Text { get; init; }

    /// <summary>
    /// What the team has published, to answer from: sent as it is, before the text. Nothing that a customer or an agent wrote about a customer.
    /// </summary>
    public string? Published { get; init; }

    /// <summary>
    /// Answered questions like this one, sent before the text: they differ from ticket to ticket, and providers cache what begins alike.
    /// </summary>
    public IReadOnlyList<ChatExample> Examples { get; init; } = [];

    /// <summary>Letters and underscores: names the form of the answer.</summary>
    public required string AnswerName { get; init; }

    /// <summary>A strict JSON schema: every property required, no others allowed.</summary>
    public required BinaryData AnswerSchema { get; init; }

    /// <summary>What is sent, in tokens, by a careful count. Each line of the text carries a mark of its own.</summary>
    public int MostInputTokens =>
        TokenCount.Of(Instructions) + TokenCount.Of(Published) + TokenCount.Of(AnswerSchema.ToString()) + TokenCount.Of(ChatModel.Fence(Text))
            + TokenCount.Of(ChatModel.Write(Examples));
}

/// <param name="Answer">One line, from our own closed lists.</param>
public sealed record ChatExample(RedactedText Text, string Answer)
{
    /// <summary>The decision that the text is from; <see langword="null"/> for one of nobody's.</summary>
    public Guid? Source { get; init; }
}

/// <summary>The model's answer.</summary>
/// <param name="Json">Claims to follow the schema; to be checked by the reader.</param>
/// <param name="Model">The model's name and version, as the server gives it.</param>
/// <param name="CachedTokens">How many of the input tokens the server had in its cache.</param>
public sealed record ChatAnswer(string Json, string Model, int InputTokens, int OutputTokens, int CachedTokens)
{
    /// <summary>The pieces of <see cref="Json"/> in their order; empty where the model didn't say how likely they were.</summary>
    public IReadOnlyList<AnswerToken> Tokens { get; init; } = [];
}

/// <summary>A piece of an answer.</summary>
/// <param name="Bytes">Its length in UTF-8: a piece may be half a character.</param>
/// <param name="LogProbability">The natural logarithm of its chance after the pieces before it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AnswerToken(int Bytes, double LogProbability);
