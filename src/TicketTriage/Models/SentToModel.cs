using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace TicketTriage.Models;

/// <summary>All that models were sent for one decision, in the order in which it went out; nothing where none was asked.</summary>
/// <param name="Calls">Each question once, however often it was tried.</param>
/// <param name="InputTokens">Of the chat model, of all calls and attempts, as its server counted them; the same goes for the next.</param>
/// <param name="QuestionTokens">Of the embedding model, for the search in the team's knowledge.</param>
public sealed record SentToModel(IReadOnlyList<SentCall> Calls, int InputTokens, int OutputTokens, int QuestionTokens)
{
    public static SentToModel Of(IReadOnlyList<SentCall> calls) => new(
        calls,
        calls.Where(call => !call.IsSearch).Sum(call => call.InputTokens),
        calls.Where(call => !call.IsSearch).Sum(call => call.OutputTokens),
        calls.Where(call => call.IsSearch).Sum(call => call.InputTokens));
}

/// <summary>One question as it was sent, after redaction.</summary>
public sealed record SentCall
{
    /// <summary>The purpose of a question to the embedding model.</summary>
    public const string Search = "knowledge_search";

    /// <summary>The name of the answer's form, such as <c>reply_draft</c>; <see cref="Search"/> for a search.</summary>
    public required string Purpose { get; init; }

    /// <summary>The deployment that was asked.</summary>
    public required string Model { get; init; }

    /// <summary>When it first went out.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The version of the instructions and the answer's form, which are kept once; <see langword="null"/> where there were none.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the team has published, as it was sent to answer from.</summary>
    public string? Published { get; init; }

    public IReadOnlyList<SentExample> Examples { get; init => field = value ?? []; } = [];

    /// <summary>What was sent of the ticket, with the marks before its lines.</summary>
    public required string Text { get; init; }

    /// <summary>How often it went out.</summary>
    public int Attempts { get; init; }

    /// <summary>Of all attempts that were answered.</summary>
    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>What <see cref="Prompt"/> names; not kept here.</summary>
    [JsonIgnore]
    public ModelPrompt? Words { get; init; }

    [JsonIgnore]
    public bool IsSearch => Purpose == Search;
}

/// <summary>
/// Another ticket that was shown beside a question. Its text stays with its own decision, so that it goes when that ticket is erased or grows
/// old; by the digest everybody can see that what stands there is what was sent.
/// </summary>
/// <param name="Source">The decision that the text is from.</param>
/// <param name="Digest">SHA-256 of the text as it was sent, in hexadecimal digits.</param>
/// <param name="Answer">One line, from our own closed lists.</param>
public sealed record SentExample(Guid? Source, string Digest, string Answer)
{
    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a model is told to do, and the form that its answer must have: the same for many tickets.</summary>
/// <param name="Form">The JSON schema, as it is sent.</param>
public sealed record ModelPrompt(string Instructions, string Form)
{
    /// <summary>Follows from the text.</summary>
    [JsonIgnore]
    public string Version => SentExample.DigestOf($"{Instructions}\n{Form}")[..16];
}
