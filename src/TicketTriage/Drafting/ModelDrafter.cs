using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Reading;

namespace TicketTriage.Drafting;

/// <summary>Has a model write a reply from passages, and lets through only sentences whose facts stand in the passage that they cite.</summary>
public sealed class ModelDrafter(ChatModel model)
{
    private const int MostTicketCharacters = 6_000;
    private const int MostSentences = 12;
    private const int MostOfSentence = 500;

    private static readonly string Words = DraftPrompts.Read("draft-reply");
    private static readonly string WordsOfArticle = DraftPrompts.Read("draft-article");

    /// <summary>Names the prompt's words: it changes whenever they do.</summary>
    public static string PromptVersion { get; } = $"draft-reply-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words)))[..12]}";

    private static BinaryData Schema { get; } = BinaryData.FromString(
        """
        {
          "type": "object",
          "properties": {
            "supported": { "type": "boolean" },
            "sentences": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": { "text": { "type": "string" }, "source": { "type": "integer" } },
                "required": ["text", "source"],
                "additionalProperties": false
              }
            }
          },
          "required": ["supported", "sentences"],
          "additionalProperties": false
        }
        """);

    /// <param name="ticket">Redacted.</param>
    /// <param name="passages">What may be quoted to customers; the numbers count them from 1.</param>
    /// <param name="language">ISO 639-1 of the reply.</param>
    /// <param name="style">How the team writes, for the model: <see cref="Style.StyleForModel"/>.</param>
    /// <returns>Without sentences where the model finds no answer in the passages, or nothing of its answer may stand.</returns>
    /// <exception cref="ModelFailedException">No answer that can be read.</exception>
    public async Task<ModelDraft> WriteAsync(
        CleanTicket ticket, IReadOnlyList<Passage> passages, string language, string style, CancellationToken cancellationToken)
    {
        var said = ticket.CustomerText(MostTicketCharacters);
        var answer = await model.AskAsync(
            new ChatQuestion
            {
                Helpdesk = ticket.Id.Helpdesk,
                Instructions = $"{Words}\nLanguage of the reply: {language}\n{style}",
                Published = Publish(passages),
                Text = new Redactor(ticket.Names).Redact(said),
                AnswerName = "reply_draft",
                AnswerSchema = Schema,
            },
            cancellationToken);
        return Check(Read(answer.Json), passages, said, language, answer);
    }

    /// <summary>Has a model begin the article that a gap asks for. What customers ask is no source: every sentence rests on a passage.</summary>
    /// <param name="passages">What may be quoted to customers; the numbers count them from 1.</param>
    /// <param name="language">ISO 639-1 of the article.</param>
    /// <returns>Without sentences where the model finds no answer in the passages, or nothing of its answer may stand.</returns>
    /// <exception cref="ModelFailedException">No answer that can be read.</exception>
    public async Task<ModelDraft> WriteArticleAsync(
        KnowledgeGap gap, IReadOnlyList<Passage> passages, string language, CancellationToken cancellationToken)
    {
        var asked = string.Join('\n', gap.Questions.Select(question => PlainText.OneLine(question.Text, MostOfSentence)));
        var answer = await model.AskAsync(
            new ChatQuestion
            {
                Helpdesk = gap.Questions[0].Ticket.Helpdesk,
                Instructions = $"{WordsOfArticle}\nLanguage of the article: {language}",
                Published = Publish(passages),
                Text = new Redactor().Redact(PlainText.Cut(asked, MostTicketCharacters)),
                AnswerName = "article_draft",
                AnswerSchema = Schema,
            },
            cancellationToken);
        var sentences = Read(answer.Json);
        var draft = Check([.. sentences.Where(sentence => sentence.Source != 0)], passages, said: "", language, answer);
        var sourceless = sentences.Where(sentence => sentence is { Source: 0, Text.Length: > 0 })
            .Select(sentence => new RemovedSentence(sentence.Text, RemovalReason.WithoutSource, []));
        return draft with { Removed = [.. draft.Removed, .. sourceless] };
    }

    private static string Publish(IReadOnlyList<Passage> passages) => string.Join("\n\n", passages.Select((passage, place) =>
        $"[{place + 1}] {passage.Title}{(passage.Heading.Length > 0 ? $" — {passage.Heading}" : "")}\n{passage.Text}"));

    private static ModelDraft Check(
        List<(string Text, int Source)> sentences, IReadOnlyList<Passage> passages, string said, string language, ChatAnswer answer)
    {
        var kept = new List<(string Text, int Source)>();
        var removed = new List<RemovedSentence>();
        var doubtful = new List<string>();
        var asked = new List<string>();
        foreach (var (text, source) in sentences.Where(sentence => sentence.Text.Length > 0))
        {
            if (FindFault(text, source, passages, said, language) is { } fault)
            {
                removed.Add(fault);
                continue;
            }

            kept.Add((text, source));
            if (source == 0 && text.Contains('?', StringComparison.Ordinal))
            {
                asked.Add(text);
            }

            if (source > 0 && FactCheck.IsDoubtful(text, passages[source - 1], said, language))
            {
                doubtful.Add(text);
            }
        }

        // Thanks and apologies alone are no answer.
        List<(string Text, int Source)> standing = kept.Exists(sentence => sentence.Source > 0) ? kept : [];
        return new ModelDraft(standing, removed, PlainText.OneLine(answer.Model, 80)) { Doubtful = doubtful, Asked = asked };
    }

    private static RemovedSentence? FindFault(string text, int source, IReadOnlyList<Passage> passages, string said, string language)
    {
        if (source < 0 || source > passages.Count)
        {
            return new RemovedSentence(text, RemovalReason.NoSuchSource, [new Fact(FactKind.Link, "", $"[{source}]")]);
        }

        var unsupported = FactCheck.FindUnsupported(text, source == 0 ? [] : [passages[source - 1]], said, language);
        if (unsupported.Count > 0)
        {
            return new RemovedSentence(text, RemovalReason.Unsupported, unsupported);
        }

        return source > 0 ? null
            : Courtesy.AsksForData(text) ? new RemovedSentence(text, RemovalReason.AsksForData, [])
            : Courtesy.Is(text, said) ? null
            : new RemovedSentence(text, RemovalReason.WithoutSource, []);
    }

    private static List<(string Text, int Source)> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 6, AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.GetProperty("supported").GetBoolean()
                ?
                [
                    .. root.GetProperty("sentences").EnumerateArray().Take(MostSentences).Select(sentence => (
                        PlainText.OneLine(sentence.GetProperty("text").GetString() ?? "", MostOfSentence),
                        sentence.GetProperty("source").GetInt32())),
                ]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelFailedException("The model's draft is not of the form that was asked for.", ModelFailure.Nonsense, innerException: exception);
        }
    }
}

/// <summary>What is left of a model's draft after the check.</summary>
/// <param name="Sentences">Each with the number of the passage that it rests on; 0 for one that states nothing.</param>
/// <param name="Removed">What may not stand, and why.</param>
public sealed record ModelDraft(IReadOnlyList<(string Text, int Source)> Sentences, IReadOnlyList<RemovedSentence> Removed, string Model)
{
    /// <summary>Sentences that stand, but share few words with the passage that they cite: the agent looks at them.</summary>
    public IReadOnlyList<string> Doubtful { get; init; } = [];

    /// <summary>Questions that stand and that no passage asks.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>A sentence that was taken out.</summary>
/// <param name="Unsupported">What in it no source has; for a source that isn't there, its number.</param>
public sealed record RemovedSentence(string Text, RemovalReason Reason, IReadOnlyList<Fact> Unsupported);

/// <summary>Why a sentence may not stand.</summary>
public enum RemovalReason
{
    /// <summary>A fact in it is not in the passage that it cites.</summary>
    Unsupported = 0,

    /// <summary>It cites a passage that the model was never given.</summary>
    NoSuchSource,

    /// <summary>Its article was deleted or changed while the model wrote.</summary>
    SourceGone,

    /// <summary>It states something and cites nothing.</summary>
    WithoutSource,

    /// <summary>The style guide forbids it.</summary>
    AgainstStyle,

    /// <summary>It asks for data that no passage asks for: what an answer needs is in the taxonomy, and asked for once.</summary>
    AsksForData,

    /// <summary>It promises something on an article that is no policy, where the style guide names the policies.</summary>
    NotOfPolicy,
}
