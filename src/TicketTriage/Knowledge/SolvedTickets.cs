using TicketTriage.Helpdesks;
using TicketTriage.History;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Knowledge;

/// <summary>
/// Answers that agents gave before, from imported tickets: redacted, for agents alone, and never where the customer rated the help as bad.
/// Where nobody rated it, the silence after an answer, or thanks, stand for a good rating.
/// </summary>
internal sealed class SolvedTickets(HistoryLedger history) : IKnowledgeSource
{
    /// <summary>Of the latest: older answers are seldom true any more.</summary>
    private const int MostTickets = 5_000;

    private const int FewestLetters = 60;
    private const int MostOfQuestion = 600;
    private const int MostOfAnswer = 1_800;
    private const int MostOfThanks = 200;

    private static readonly string[] Thanks = ["dank", "thank", "merci", "super", "great", "perfekt", "perfect", "passt", "solved", "erledigt", "works"];

    public string Name => "tickets";

    public async Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var solved = await history.ListSolvedAsync(MostTickets, cancellationToken);
        return new KnowledgeReading([.. solved.Select(Article).OfType<KnowledgeArticle>()], IsWhole: true, []);
    }

    private KnowledgeArticle? Article(SolvedTicket ticket)
    {
        var talk = ticket.Messages.Where(message => message.IsPublic).ToList();
        var question = talk.Find(message => message.IsFromCustomer);
        var answer = talk.FindLast(message => !message.IsFromCustomer);
        var isGood = ticket.Rating switch
        {
            TicketRating.Good => true,
            TicketRating.Bad => false,
            _ => talk.SkipWhile(message => message != answer).Skip(1).All(IsThanks),
        };
        if (question is null || answer is null || answer.Text.Length < FewestLetters || !isGood)
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

    private static bool IsThanks(CleanMessage message) => message.Text.Length <= MostOfThanks
        && !message.Text.Contains('?', StringComparison.Ordinal)
        && SearchWords.Of(message.Text).Any(word => Thanks.Any(begin => word.StartsWith(begin, StringComparison.Ordinal)));
}
