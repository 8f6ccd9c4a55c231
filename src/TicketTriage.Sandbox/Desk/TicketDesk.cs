namespace TicketTriage.Sandbox.Desk;

/// <summary>The helpdesk's memory: every ticket, and the order in which they changed. All reads give snapshots.</summary>
/// <param name="onChange">Told of every change in its order, under the lock: it must not wait.</param>
internal sealed class TicketDesk(
    DeskPeople people, DeskFields fields, DeskHabits habits, TimeProvider clock, long firstNumber, Action<DeskEvent> onChange)
{
    private const long FirstRecordId = 7_300_000_000_001;

    private readonly Lock gate = new();
    private readonly Dictionary<long, TicketFile> files = [];
    private readonly List<(long Number, long At)> changes = [];
    private readonly EditRules rules = new(people, fields, habits);
    private long added;
    private long nextRecordId = FirstRecordId;

    public DeskPeople People { get; } = people;

    public DeskFields Fields { get; } = fields;

    public DeskHabits Habits { get; } = habits;

    public SandboxTicket Add(NewTicket arrival)
    {
        var requester = People.Meet(arrival.RequesterName, arrival.RequesterEmail);
        var text = arrival.Body ?? PlainText.FromHtml(arrival.HtmlBody ?? "");
        var html = arrival.HtmlBody ?? PlainText.ToHtml(text);
        lock (gate)
        {
            var now = arrival.CreatedAt ?? Now();
            var priority = arrival.Priority ?? Habits.FirstPriority;
            var ticket = new SandboxTicket
            {
                Number = firstNumber + added++,
                Subject = arrival.Subject,
                Description = text,
                Status = Habits.FirstStatus,
                Priority = priority,
                Type = arrival.Type,
                GroupId = arrival.GroupId,
                Tags = rules.NormaliseTags(arrival.Tags),
                CustomFields = arrival.CustomFields,
                Deadlines = Deadlines.Of(priority, now),
                DeadlinesSeenFrom = clock.GetUtcNow() + Habits.DueTimesLateBy,
                RequesterId = requester.Id,
                Channel = arrival.Channel,
                CreatedAt = now,
                UpdatedAt = now,
                GeneratedAt = ChangeSecond(now),
            };
            var auditId = nextRecordId++;
            var comment = new SandboxComment
            {
                Id = nextRecordId++,
                AuditId = auditId,
                AuthorId = requester.Id,
                Text = text,
                Html = html,
                IsPublic = true,
                Channel = arrival.Channel,
                CreatedAt = now,
                Attachments = arrival.Attachments,
            };
            var file = new TicketFile(ticket);
            files.Add(ticket.Number, file);
            Record(file, before: null, comment, new Editor(requester.Id, arrival.Channel), auditId, DeskHappening.Created);
            return file.Ticket;
        }
    }

    /// <returns>The ticket, also a deleted one; <see langword="null"/> where there never was one.</returns>
    public SandboxTicket? Find(long number)
    {
        lock (gate)
        {
            return files.GetValueOrDefault(number)?.Ticket;
        }
    }

    public EditOutcome Edit(long number, TicketEdit edit, Editor editor)
    {
        lock (gate)
        {
            if (!files.TryGetValue(number, out var file) || file.Ticket.Status == "deleted")
            {
                return new(EditVerdict.UnknownTicket);
            }

            var before = file.Ticket;
            if (editor.ExpectedStamp is { } stamp && stamp != before.UpdatedAt)
            {
                return new(EditVerdict.Moved, before);
            }

            IReadOnlyList<FieldFault> faults = [.. rules.FindFaults(before, file.Comments.Count, edit), .. FindProblemFaults(edit)];
            if (faults.Count > 0)
            {
                return new(EditVerdict.Refused, before, Faults: faults);
            }

            var after = rules.Apply(before, edit);
            if (edit is { Comment: null, SummaryHtml: null } && EditRules.Compare(before, after).Count == 0)
            {
                return new(EditVerdict.Unchanged, before);
            }

            after = edit.SummaryHtml is { } summary ? after with { Summary = Write(before.Summary, summary.Value, editor) } : after;
            var audit = Commit(file, after, edit.Comment, editor, editor.Happening);
            return new(EditVerdict.Applied, file.Ticket, audit);
        }
    }

    /// <summary>Takes the ticket out of the helpdesk; only the incremental export still names it.</summary>
    public void Remove(long number, DeskHappening happening, Editor editor)
    {
        lock (gate)
        {
            var file = Get(number);
            var removed = file.Ticket with { Status = "deleted", IsSpam = happening == DeskHappening.MarkedAsSpam };
            Commit(file, removed, message: null, editor, happening);
        }
    }

    /// <summary>Puts a ticket aside, as Freshdesk does with those that were closed long ago. No event tells of it.</summary>
    public void Archive(long number)
    {
        lock (gate)
        {
            var file = Get(number);
            file.Ticket = file.Ticket with { Status = "closed", IsArchived = true };
        }
    }

    /// <summary>Keeps what the customer says of the help.</summary>
    public void Rate(long number, bool isGood, Editor editor)
    {
        lock (gate)
        {
            var file = Get(number);
            Commit(file, file.Ticket with { Rating = isGood ? "good" : "bad" }, message: null, editor, DeskHappening.Edited);
        }
    }

    /// <summary>Closes a ticket in favour of another, as the vendor's merge does.</summary>
    public void Merge(long number, long into, Editor editor)
    {
        lock (gate)
        {
            var target = Get(into);
            var source = Get(number);
            var tags = rules.NormaliseTags([.. source.Ticket.Tags, "closed_by_merge"]);
            var closed = source.Ticket with { Status = "closed", Tags = tags };
            Commit(source, closed, new() { Body = $"Closed: goes on in ticket {into}.", IsPublic = false }, editor, DeskHappening.Merged);
            Commit(target, target.Ticket, new() { Body = $"Took in ticket {number}.", IsPublic = false }, editor, DeskHappening.Edited);
        }
    }

    public IReadOnlyList<SandboxTicket> ListNewest(int most)
    {
        lock (gate)
        {
            var listed = new List<SandboxTicket>(Math.Min(most, files.Count));
            for (var number = firstNumber + added - 1; number >= firstNumber && listed.Count < most; number--)
            {
                if (files[number].Ticket is { Status: not "deleted" } ticket)
                {
                    listed.Add(ticket);
                }
            }

            return listed;
        }
    }

    /// <returns>All tickets, also removed ones, in the order of their numbers.</returns>
    public IReadOnlyList<SandboxTicket> ListAll()
    {
        lock (gate)
        {
            return [.. files.Values.Select(file => file.Ticket)];
        }
    }

    /// <summary>True where a ticket is an incident of this problem.</summary>
    public bool HasIncidents(long problem)
    {
        lock (gate)
        {
            return files.Values.Any(file => file.Ticket.ProblemId == problem && file.Ticket.Status != "deleted");
        }
    }

    /// <summary>How many tickets somebody still has to work on.</summary>
    public int CountOpen(long assigneeId)
    {
        lock (gate)
        {
            return files.Values.Count(file => file.Ticket.AssigneeId == assigneeId
                && file.Ticket.Status is "new" or "open" or "pending" or "hold");
        }
    }

    /// <summary>What is due as the account shows it now, which may be what was due before.</summary>
    public Deadlines? ReadDeadlines(SandboxTicket ticket) =>
        clock.GetUtcNow() >= ticket.DeadlinesSeenFrom ? ticket.Deadlines : ticket.EarlierDeadlines;

    /// <returns>All comments, oldest first; <see langword="null"/> where the helpdesk doesn't have the ticket.</returns>
    public IReadOnlyList<SandboxComment>? ListComments(long number)
    {
        lock (gate)
        {
            return files.TryGetValue(number, out var file) && file.Ticket.Status != "deleted" ? [.. file.Comments] : null;
        }
    }

    /// <param name="id">That of its message, plus its place beside it.</param>
    public SandboxAttachment? FindAttachment(long id)
    {
        lock (gate)
        {
            return files.Values.SelectMany(file => file.Comments)
                .FirstOrDefault(comment => id >= comment.Id && id < comment.Id + comment.Attachments.Count) is { } holder
                    ? holder.Attachments[(int)(id - holder.Id)]
                    : null;
        }
    }

    /// <returns>All comments, oldest first, also of a removed ticket.</returns>
    public IReadOnlyList<SandboxComment> ListEvery(long number)
    {
        lock (gate)
        {
            return [.. Get(number).Comments];
        }
    }

    /// <returns>All audits, oldest first; <see langword="null"/> where the helpdesk doesn't have the ticket.</returns>
    public IReadOnlyList<SandboxAudit>? ListAudits(long number)
    {
        lock (gate)
        {
            return files.TryGetValue(number, out var file) && file.Ticket.Status != "deleted" ? [.. file.Audits] : null;
        }
    }

    /// <summary>The place in the order of changes where those of this second begin.</summary>
    public int FindPlace(long unixSeconds)
    {
        lock (gate)
        {
            var (low, high) = (0, changes.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = changes[middle].At < unixSeconds ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }

    /// <summary>Reads changed tickets, each at its newest change, oldest change first.</summary>
    /// <param name="until">Changes of this Unix second and later are left out.</param>
    public ChangedPage ListChanged(int place, int most, long until)
    {
        lock (gate)
        {
            var tickets = new List<SandboxTicket>();
            for (; place < changes.Count && changes[place].At < until && tickets.Count < most; place++)
            {
                var file = files[changes[place].Number];
                if (file.NewestChange == place)
                {
                    tickets.Add(file.Ticket);
                }
            }

            return new(tickets, place, place >= changes.Count || changes[place].At >= until);
        }
    }

    private IEnumerable<FieldFault> FindProblemFaults(TicketEdit edit) =>
        edit.ProblemId?.Value is { } problem && files.GetValueOrDefault(problem)?.Ticket is not { Type: "problem", Status: not "deleted" }
            ? [new("problem_id", $"Problem: {problem} is not a problem ticket", "InvalidValue")]
            : [];

    private TicketFile Get(long number) =>
        files.GetValueOrDefault(number)
        ?? throw new ArgumentOutOfRangeException(nameof(number), number, "The sandbox has no ticket with this number.");

    private SandboxAudit Commit(TicketFile file, SandboxTicket after, NewComment? message, Editor editor, DeskHappening happening)
    {
        var before = file.Ticket;
        var now = Now();
        var stamp = now > before.UpdatedAt ? now : before.UpdatedAt.AddSeconds(Habits.StampsDiffer ? 1 : 0);
        file.Ticket = SetDeadlines(before, after with { UpdatedAt = stamp, GeneratedAt = ChangeSecond(now) });
        var auditId = nextRecordId++;
        return Record(file, before, message is null ? null : Write(message, auditId, editor, stamp), editor, auditId, happening);
    }

    private SandboxTicket SetDeadlines(SandboxTicket before, SandboxTicket after) => before.Priority == after.Priority
        ? after
        : after with
        {
            EarlierDeadlines = ReadDeadlines(before),
            Deadlines = Deadlines.Of(after.Priority, after.CreatedAt),
            DeadlinesSeenFrom = clock.GetUtcNow() + Habits.DueTimesLateBy,
        };

    private SandboxAudit Record(
        TicketFile file, SandboxTicket? before, SandboxComment? comment, Editor editor, long auditId, DeskHappening happening)
    {
        var audit = new SandboxAudit
        {
            Id = auditId,
            TicketNumber = file.Ticket.Number,
            AuthorId = editor.PersonId,
            Channel = editor.Channel,
            CreatedAt = file.Ticket.UpdatedAt,
            Changes = before is null ? [] : EditRules.Compare(before, file.Ticket),
            Comment = comment,
            Metadata = editor.Metadata,
        };
        file.Audits.Add(audit);
        if (comment is not null)
        {
            file.Comments.Add(comment);
        }

        file.NewestChange = changes.Count;
        changes.Add((file.Ticket.Number, file.Ticket.GeneratedAt));
        onChange(new(before, file.Ticket, audit, happening));
        return audit;
    }

    private SandboxSummary? Write(SandboxSummary? before, string? html, Editor editor) => html is null
        ? null
        : before is null
            ? new(nextRecordId++, html, editor.PersonId, Now(), Now())
            : before with { Html = html, AuthorId = editor.PersonId, UpdatedAt = Now() };

    private SandboxComment Write(NewComment message, long auditId, Editor editor, DateTimeOffset at)
    {
        var text = message.Body ?? PlainText.FromHtml(message.HtmlBody ?? "");
        return new()
        {
            Id = nextRecordId++,
            AuditId = auditId,
            AuthorId = editor.PersonId,
            Text = text,
            Html = message.HtmlBody ?? PlainText.ToHtml(text),
            IsPublic = message.IsPublic,
            Channel = editor.Channel,
            CreatedAt = at,
            Attachments = message.Attachments,
        };
    }

    /// <summary>Never before the last change's, also when the clock is set back: the order of changes is searched by it.</summary>
    private long ChangeSecond(DateTimeOffset now) => Math.Max(now.ToUnixTimeSeconds(), changes.Count == 0 ? 0 : changes[^1].At);

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
}

/// <param name="Place">Where the next page begins.</param>
internal sealed record ChangedPage(IReadOnlyList<SandboxTicket> Tickets, int Place, bool IsEnd);
