using System.Text.Json;
using TicketTriage.Drafting.Style;
using TicketTriage.Models;
using TicketTriage.Reading;

namespace TicketTriage.Drafting;

/// <summary>
/// Has a model say in one sentence what happened to an angry customer: all that it may formulate of such a reply. The sentence states
/// nothing that the customer hasn't, promises nothing and admits nothing, or it is left out.
/// </summary>
public sealed class ConcernPhraser(ChatModel model)
{
    private const int MostTicketCharacters = 4_000;
    private const int MostOfSentence = 400;
    private const int MostWords = 40;

    private static readonly string Words = DraftPrompts.Read("acknowledge-concern");

    private static BinaryData Schema { get; } = BinaryData.FromString(
        """{"type":"object","properties":{"sentence":{"type":"string"}},"required":["sentence"],"additionalProperties":false}""");

    /// <param name="ticket">Redacted.</param>
    /// <param name="language">ISO 639-1 of the reply.</param>
    /// <param name="intent">Of the taxonomy: what may not be promised depends on it.</param>
    /// <returns>The sentence that may stand, or the one that may not; neither where the model says nothing.</returns>
    /// <exception cref="ModelFailedException">No answer that can be read.</exception>
    public async Task<(string? Sentence, RemovedSentence? Removed)> PhraseAsync(
        CleanTicket ticket, string language, StyleGuide guide, string intent, CancellationToken cancellationToken)
    {
        var said = ticket.CustomerText(MostTicketCharacters);
        var answer = await model.AskAsync(
            new ChatQuestion
            {
                Helpdesk = ticket.Id.Helpdesk,
                Instructions = $"{Words}\nLanguage of the letter: {language}\n{StyleForModel.Describe(guide, language, intent)}",
                Text = new Redactor(ticket.Names).Redact(said),
                AnswerName = "concern",
                AnswerSchema = Schema,
            },
            cancellationToken);
        var sentence = PlainText.OneLine(Read(answer.Json), MostOfSentence);
        return sentence.Length == 0 ? (null, null)
            : FindFault(sentence, said, language, guide, intent) is { } removed ? (null, removed)
            : (sentence, null);
    }

    private static RemovedSentence? FindFault(string sentence, string said, string language, StyleGuide guide, string intent)
    {
        var unsupported = FactCheck.FindUnsupported(sentence, [], said, language);
        if (unsupported.Count > 0)
        {
            return new RemovedSentence(sentence, RemovalReason.Unsupported, unsupported);
        }

        // One sentence and no more: the template says the rest.
        var isOne = !sentence.TrimEnd('.', '!', '?').AsSpan().ContainsAny('.', '!', '?');
        var forbidden = guide.ForbiddenFor(intent).Select(promise => StyleCheck.FindPromise(sentence, promise))
                .FirstOrDefault(found => found is not null)
            ?? (StyleCheck.FindWrongAddress(sentence, language, guide) is [var word, ..] ? word : null)
            ?? (isOne && StyleCheck.CountWords(sentence) <= MostWords ? null : "…");
        return forbidden is null
            ? null
            : new RemovedSentence(sentence, RemovalReason.AgainstStyle, [new Fact(FactKind.Promise, "", forbidden)]);
    }

    private static string Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 3, AllowDuplicateProperties = false });
            return document.RootElement.GetProperty("sentence").GetString() ?? "";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFailedException(
                "The model's sentence is not of the form that was asked for.", ModelFailure.Nonsense, innerException: exception);
        }
    }
}
