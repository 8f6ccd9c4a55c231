using TicketTriage.History;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>
/// Answers that agents gave before, from imported tickets whose customers rated the help as good: redacted, and for agents alone. Silence
/// is no rating: whoever gives up says nothing either.
/// </summary>
internal sealed class SolvedTickets(HistoryLedger history) : IKnowledgeSource
{
    /// <summary>Of the latest: older answers are seldom true any more.</summary>
    private const int MostTickets = 5_000;

    private const int FewestLetters = 60;
    private const int MostOfQuestion = 600;
    private const int MostOfAnswer = 1_800;

    public string Name => "tickets";

    public async Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var solved = await history.ListWellSolvedAsync(MostTickets, cancellationToken);
        return new KnowledgeReading([.. solved.Select(Article).OfType<KnowledgeArticle>()], IsWhole: true, []);
    }

    private KnowledgeArticle? Article(SolvedTicket ticket)
    {
        var talk = ticket.Messages.Where(message => message.IsPublic).ToList();
        var question = talk.Find(message => message.IsFromCustomer);
        var answer = talk.FindLast(message => !message.IsFromCustomer);
        if (question is null || answer is null || answer.Text.Length < FewestLetters)
        {
            return null;
        }

        return new KnowledgeArticle
        {
            Source = Name,
            Key = $"{ticket.Id}",
            Title = ticket.Subject.Length > 0 ? ticket.Subject : PlainText.OneLine(question.Text, 120),
            Sections = [new ArticleSection("", PlainText.Cut(question.Text, MostOfQuestion)), new ArticleSection("", PlainText.Cut(answer.Text, MostOfAnswer))],
            Language = ticket.Language == Finding.Unclear ? null : ticket.Language,
            Audience = KnowledgeAudience.Agents,
            UpdatedAt = ticket.UpdatedAt,
        };
    }
}
