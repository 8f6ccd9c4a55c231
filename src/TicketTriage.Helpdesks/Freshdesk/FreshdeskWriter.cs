using System.Globalization;
using System.Net;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// Applies a change in up to three calls, since Freshdesk has none that does all, and no check against newer versions.
/// <para>
/// First the ticket is read again. Where it is no longer the version that the decision saw, nothing is written. The fields follow at
/// once, so that the gap in which a person's edit of the same field would be lost is one answer and one request long; only fields that
/// get another value are sent, so that an edit of any other is never touched. The summary comes next: written twice it is the same.
/// The note comes last, because it can't be told from a second one and because it carries the triage's id: where the note is,
/// everything before it is. A crash earlier leaves fields without a note; the ticket is then decided again, finds them as it would
/// write them, and gets its one note.
/// </para>
/// </summary>
internal sealed class FreshdeskWriter(string helpdesk, FreshdeskApi api, FreshdeskAbilities abilities, TimeProvider clock)
{
    private const int MostTries = 3;

    private static readonly Dictionary<string, FreshdeskField> NoFields = [];

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>How far Freshdesk's clock and ours may lie apart.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromHours(1);

    /// <exception cref="HelpdeskConflictException">The ticket is no longer the version that the change was made for.</exception>
    public async Task<ChangeReceipt> ApplyAsync(long id, HelpdeskChange change, CancellationToken cancellationToken)
    {
        var (group, agent) = (IdOf("group_id", change.GroupId), IdOf("responder_id", change.AssigneeId));
        var left = new Leftovers();
        var known = change.Fields is { Count: > 0 } ? await abilities.FindFieldsAsync(cancellationToken) : NoFields;

        var seen = await api.ViewTicketAsync(id, "stats", cancellationToken);
        RefuseIfMovedOn(seen, change);
        var update = Update(change, seen, group, agent, known, left);
        var written = update.IsEmpty ? seen : await UpdateAsync(id, update, cancellationToken);

        // Called off from here on, half a change is there. The token is heeded all the same: its end may mean that another worker has
        // the ticket by now, and a note that is late would be a second one.
        try
        {
            var summary = await WriteSummaryAsync(id, change, left, cancellationToken);
            var note = await WriteNoteAsync(id, change, isBegun: !update.IsEmpty, left, cancellationToken);
            var restAt = Later(summary?.UpdatedAt, note?.CreatedAt);
            var stamp = await FindStampAsync(id, seen, written, restAt, cancellationToken) ?? change.Stamp;
            return new ChangeReceipt(stamp, FreshdeskWords.Text(note?.Id), left.Sentence) { LeftOut = left.Fields };
        }
        catch (HelpdeskAwayException away) when (!update.IsEmpty && !away.MayHaveArrived)
        {
            throw new HelpdeskAwayException(away.Message, away.RetryAfter, mayHaveArrived: true, away)
            {
                Status = away.Status,
                IsQuotaUsedUp = away.IsQuotaUsedUp,
            };
        }
    }

    /// <summary>Looks for the note with the triage's id, newest first and not further back than the triage itself.</summary>
    /// <param name="ownId">The agent who writes here: a note of another that shows the id is a quotation.</param>
    public async Task<ChangeReceipt?> FindAppliedAsync(long id, long ownId, Guid triageId, CancellationToken cancellationToken)
    {
        var decidedAt = triageId.Version == 7 ? CreationOf(triageId) : DateTimeOffset.MinValue;
        try
        {
            var conversations = new FreshdeskConversations(api, id, archived: false);
            await foreach (var conversation in conversations.NewestFirstAsync(cancellationToken))
            {
                if (conversation is { Private: true } && conversation.UserId == ownId && Shows(conversation, triageId))
                {
                    return await ReceiptAsync(id, conversation, cancellationToken);
                }

                if (FreshdeskWords.MomentOrNull(conversation.CreatedAt) + ClockDifference < decidedAt)
                {
                    return null;
                }
            }
        }
        catch (HelpdeskRefusedException refused) when (refused.IsUnknownRecord)
        {
            // A ticket that is gone has no note; reading it tells what became of it.
        }

        return null;
    }

    private void RefuseIfMovedOn(FreshdeskTicket seen, HelpdeskChange change)
    {
        if (seen.UpdatedAt is not { Length: > 0 } updatedAt)
        {
            throw new HelpdeskAwayException($"Helpdesk {helpdesk} answered without ticket {change.Number}.", null, mayHaveArrived: false);
        }

        if (seen is { Spam: true } or { Deleted: true })
        {
            throw new HelpdeskRefusedException(
                $"Ticket {change.Number} of helpdesk {helpdesk} is spam or deleted and takes nothing.", HttpStatusCode.MethodNotAllowed)
            {
                IsTicketClosed = true,
            };
        }

        if (FreshdeskStamp.Of(seen, updatedAt) != change.Stamp)
        {
            throw new HelpdeskConflictException($"Helpdesk {helpdesk} has a newer version of ticket {change.Number}.");
        }
    }

    private async Task<FreshdeskTicket> UpdateAsync(long id, FreshdeskUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            return await api.UpdateTicketAsync(id, update, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.IsFieldRefused)
        {
            // A field or a choice may have gone since they were listed.
            abilities.Forget();
            throw;
        }
    }

    private FreshdeskUpdate Update(
        HelpdeskChange change,
        FreshdeskTicket seen,
        long? group,
        long? agent,
        IReadOnlyDictionary<string, FreshdeskField> known,
        Leftovers left)
    {
        if (change.ProblemNumber is not null)
        {
            left.Add("The problem was left out: Freshdesk ties a ticket to a tracker only when the tracker is made.");
        }

        var priority = FreshdeskWords.Code(change.Priority ?? TicketPriority.None);
        return new FreshdeskUpdate
        {
            Tags = Tags(change, seen, left),
            Priority = priority == seen.Priority ? null : priority,
            GroupId = group == seen.GroupId ? null : group,
            ResponderId = agent == seen.ResponderId ? null : agent,
            CustomFields = CustomFields(change, seen, known, left),
        };
    }

    private static string[]? Tags(HelpdeskChange change, FreshdeskTicket seen, Leftovers left)
    {
        if (change.Tags is not { } wanted)
        {
            return null;
        }

        // One that is too long would have the whole change refused.
        foreach (var tag in wanted.Where(tag => tag.Length > FreshdeskAbilities.LongestTag))
        {
            left.Add($"The tag {tag} was left out: Freshdesk takes {FreshdeskAbilities.LongestTag} letters.");
        }

        string[] tags = [.. wanted.Where(tag => tag.Length <= FreshdeskAbilities.LongestTag)];
        return tags.ToHashSet().SetEquals((seen.Tags ?? []).OfType<string>()) ? null : tags;
    }

    private Dictionary<string, string>? CustomFields(
        HelpdeskChange change, FreshdeskTicket seen, IReadOnlyDictionary<string, FreshdeskField> known, Leftovers left)
    {
        var present = FreshdeskFields.Values(seen.CustomFields);
        var fields = new Dictionary<string, string>();
        foreach (var (field, value) in change.Fields ?? new Dictionary<TriageField, string>())
        {
            // Freshdesk refuses a whole update for one field that it doesn't know.
            if (FreshdeskFields.NameOn(seen, field) is not { } name)
            {
                left.Add(field, $"helpdesk {helpdesk} has no field {FreshdeskFields.Name(field)}; run connect {helpdesk}.");
                abilities.Forget();
            }
            else if (FreshdeskChoices.Spelling(known.GetValueOrDefault(name), value) is not { } spelled)
            {
                left.Add(field, $"field {name} of helpdesk {helpdesk} has no choice {value} (any more); run connect {helpdesk}.");
            }
            else if (present.GetValueOrDefault(field) != spelled)
            {
                fields[name] = spelled;
            }
        }

        return fields.Count == 0 ? null : fields;
    }

    private async Task<FreshdeskSummary?> WriteSummaryAsync(
        long id, HelpdeskChange change, Leftovers left, CancellationToken cancellationToken)
    {
        if (change.SummaryHtml is not { } html)
        {
            return null;
        }

        if (!abilities.MayHaveSummary)
        {
            left.Add("The summary was left out: Freshdesk has refused one before.");
            return null;
        }

        try
        {
            return await api.UpdateSummaryAsync(id, new FreshdeskSummary(html), cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status != HttpStatusCode.Unauthorized)
        {
            // Whether it is the ticket and not the summary, the note will find out.
            left.Add($"The summary was left out. {refused.Message}");
            if (refused.Status == HttpStatusCode.Forbidden)
            {
                abilities.RememberNoSummary(refused.Message);
            }

            return null;
        }
    }

    /// <param name="isBegun">The fields are written: a note that Freshdesk doesn't take is then left out, and not the whole change.</param>
    private async Task<FreshdeskConversation?> WriteNoteAsync(
        long id, HelpdeskChange change, bool isBegun, Leftovers left, CancellationToken cancellationToken)
    {
        if (change.PrivateNoteHtml is not { } html)
        {
            return null;
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return await api.CreateNoteAsync(id, new FreshdeskNote(html, Private: true), cancellationToken);
            }
            catch (HelpdeskRefusedException refused) when (
                isBegun && refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)
            {
                left.Add($"The note was left out. {refused.Message}");
                return null;
            }
            catch (HelpdeskAwayException away) when (
                isBegun && tries < MostTries && !away.MayHaveArrived && (away.RetryAfter ?? TimeSpan.Zero) <= LongestWait)
            {
                // Refused for the rate, or not connected: it isn't there, and without it the change is half.
                await Task.Delay((away.RetryAfter ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(250 * tries), clock, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Which version the ticket has now, if it is ours. Freshdesk doesn't say with the note, so the ticket is read once more; where
    /// anything in it could be somebody else's work, a customer's answer above all, no version is claimed and it is looked at again.
    /// </summary>
    /// <param name="restAt">When summary or note was written; <see langword="null"/> where neither was.</param>
    private async Task<string?> FindStampAsync(
        long id, FreshdeskTicket seen, FreshdeskTicket written, DateTimeOffset? restAt, CancellationToken cancellationToken)
    {
        if (restAt is null)
        {
            // The answer to a change has no stats; had the customer answered since, the version would be another anyway.
            var whole = written with { Stats = seen.Stats };
            return whole.UpdatedAt is { Length: > 0 } updatedAt ? FreshdeskStamp.Of(whole, updatedAt) : null;
        }

        try
        {
            var now = await api.ViewTicketAsync(id, "stats", cancellationToken);
            var isOurs = FreshdeskStamp.Values(now) == FreshdeskStamp.Values(written)
                && FreshdeskStamp.AnsweredAt(now) == FreshdeskStamp.AnsweredAt(seen)
                && FreshdeskWords.MomentOrNull(now.UpdatedAt) <= Later(written.UpdatedAt, restAt);
            return isOurs && now.UpdatedAt is { } stamp ? FreshdeskStamp.Of(now, stamp) : null;
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            // All is written; not to know its version costs one more look.
            return null;
        }
    }

    private async Task<ChangeReceipt> ReceiptAsync(long id, FreshdeskConversation note, CancellationToken cancellationToken)
    {
        var now = await api.ViewTicketAsync(id, "stats", cancellationToken);
        var writtenAt = FreshdeskWords.Moment(note.CreatedAt);
        var isOurs = FreshdeskWords.MomentOrNull(now.UpdatedAt) <= writtenAt && !(FreshdeskStamp.AnsweredAt(now) >= writtenAt);
        var stamp = isOurs && now.UpdatedAt is { } updatedAt ? FreshdeskStamp.Of(now, updatedAt) : note.CreatedAt;
        return new ChangeReceipt(stamp ?? "", FreshdeskWords.Text(note.Id));
    }

    private static DateTimeOffset? Later(string? one, string? other) => Later(one, FreshdeskWords.MomentOrNull(other));

    private static DateTimeOffset? Later(string? one, DateTimeOffset? other) =>
        FreshdeskWords.MomentOrNull(one) is { } moment && !(moment < other) ? moment : other;

    // As TriageNote writes it; Freshdesk keeps letters and digits as they are.
    private static bool Shows(FreshdeskConversation note, Guid triageId)
    {
        var shown = triageId.ToString("N", CultureInfo.InvariantCulture);
        return note.Body?.Contains(shown, StringComparison.OrdinalIgnoreCase) == true
            || note.BodyText?.Contains(shown, StringComparison.OrdinalIgnoreCase) == true;
    }

    // A version 7 id begins with the milliseconds since 1970, twelve hexadecimal digits of them.
    private static DateTimeOffset CreationOf(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(id.ToString("N", CultureInfo.InvariantCulture)[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private long? IdOf(string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return FreshdeskWords.IsId(text, out var id)
            ? id
            : throw new HelpdeskRefusedException(
                $"\"{text}\" can't be a {field} of helpdesk {helpdesk}, whose ids are numbers: correct it where the route was chosen.",
                HttpStatusCode.BadRequest, [field])
            {
                IsFieldRefused = true,
            };
    }

    /// <summary>What is not written, and why.</summary>
    private sealed class Leftovers
    {
        private readonly List<string> sentences = [];
        private readonly List<TriageField> fields = [];

        public string? Sentence => sentences.Count == 0 ? null : string.Join(' ', sentences);

        public IReadOnlyList<TriageField> Fields => fields;

        public void Add(string sentence) => sentences.Add(sentence);

        public void Add(TriageField field, string why)
        {
            fields.Add(field);
            sentences.Add($"The {FreshdeskFields.Word(field)} was left out: {why}");
        }
    }
}
