using TicketTriage.Drafting.Style;
using TicketTriage.Knowledge;

namespace TicketTriage.Drafting;

/// <summary>Makes a reply of a model's sentences, unless one of them gives a promise that the style guide forbids.</summary>
internal static class ModelReply
{
    /// <param name="passages">What the sentences' numbers mean, from 1.</param>
    /// <param name="standing">The ids of those that may still be quoted.</param>
    public static ReplyDraft Join(
        DraftQuestion question, ReplyFrame frame, ReplyDraft draft, ModelDraft written, IReadOnlyList<Passage> passages,
        IReadOnlySet<long> standing)
    {
        var words = question.Words;
        var (sentences, removed) = Keep(question, written, passages, standing, out var forbidden);
        var remaining = draft with
        {
            Citations = [.. draft.Citations.Where(citation => citation.IsForAgents || standing.Contains(passages[citation.Number - 1].Id))],
            Remarks = [.. removed.Select(words.Removed)],
        };
        if (forbidden is not null)
        {
            return remaining with { Text = "", Blocked = forbidden };
        }

        var cited = sentences.Select(sentence => sentence.Source).Where(source => source > 0).ToHashSet();
        if (cited.Count == 0)
        {
            // What was found did not answer: a person has to, and an owner to hear of it.
            return remaining with
            {
                Support = KnowledgeSupport.Nothing,
                Remarks = remaining.Remarks.Count > 0 ? remaining.Remarks : [words.Unanswered],
            };
        }

        // What stands and is doubtful comes before what is gone: a note may have no room for all.
        var stands = sentences.Select(sentence => sentence.Text).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> remarks =
        [
            .. written.Doubtful.Where(stands.Contains).Select(words.Doubtful), .. written.Asked.Where(stands.Contains).Select(words.AskedByModel),
            .. remaining.Remarks,
        ];
        var body = string.Join(' ', sentences.Select(sentence =>
            sentence.Source == 0 ? sentence.Text : $"{sentence.Text} [{sentence.Source}]"));
        var (text, putBack) = StyleCheck.RestoreTerms(body, question.Guide);
        return remaining with
        {
            Text = frame.Answer(text),
            Language = frame.Language,
            Origin = DraftOrigin.Model,
            Citations = [.. remaining.Citations.Where(citation => citation.IsForAgents || cited.Contains(citation.Number))],
            Remarks = putBack.Count == 0 ? remarks : [words.PutBack(putBack), .. remarks],
        };
    }

    /// <param name="forbidden">Why there must be no draft: an article promises what the style guide forbids.</param>
    private static (List<(string Text, int Source)> Sentences, List<RemovedSentence> Removed) Keep(
        DraftQuestion question, ModelDraft written, IReadOnlyList<Passage> passages, IReadOnlySet<long> standing, out string? forbidden)
    {
        forbidden = null;
        var sentences = new List<(string Text, int Source)>();
        var removed = new List<RemovedSentence>(written.Removed);
        foreach (var (text, source) in written.Sentences)
        {
            // The model takes seconds; an article may be deleted or corrected meanwhile, and its old wording must not go out.
            if (source > 0 && !standing.Contains(passages[source - 1].Id))
            {
                removed.Add(new RemovedSentence(text, RemovalReason.SourceGone, []));
            }
            else if (source > 0 && !question.Guide.MayPromise(passages[source - 1].Source) && FactCheck.FindOwed(text) is { Count: > 0 } owed)
            {
                removed.Add(new RemovedSentence(text, RemovalReason.NotOfPolicy, owed));
            }
            else if (StyleCheck.FindForbidden(text, question.Guide, question.Intent) is not var (promise, wording))
            {
                sentences.Add((text, source));
            }
            else if (source > 0
                && StyleCheck.FindPromise($"{passages[source - 1].Title}\n{passages[source - 1].Text}", promise) is not null)
            {
                forbidden ??= question.Words.Forbidden(passages[source - 1].Title, wording, promise.Name);
            }
            else
            {
                removed.Add(new RemovedSentence(text, RemovalReason.AgainstStyle, [new Fact(FactKind.Promise, promise.Name, wording)]));
            }
        }

        return (sentences, removed);
    }
}
