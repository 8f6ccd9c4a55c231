using TicketTriage.Helpdesks;

namespace TicketTriage.Knowledge;

/// <summary>
/// A helpdesk's ready-made replies. Agents find them; customers are never quoted one as a source, because they can't read it there.
/// </summary>
internal sealed class HelpdeskMacros(string helpdesk, IHelpdeskKnowledge knowledge) : IKnowledgeSource
{
    public string Name => $"{helpdesk}/macros";

    public async Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        try
        {
            var macros = await knowledge.ListMacrosAsync(cancellationToken);
            return new KnowledgeReading([.. macros.Select(Article)], IsWhole: true, []);
        }
        catch (Exception exception) when (exception is HelpdeskAwayException or HelpdeskRefusedException)
        {
            throw new KnowledgeAwayException($"The macros of helpdesk {helpdesk} were not read: {exception.Message}", exception);
        }
    }

    private KnowledgeArticle Article(HelpdeskMacro macro) => new()
    {
        Source = Name,
        Key = macro.Id,
        Title = macro.Title,
        Sections = ArticleMarkup.ReadHtml(macro.Html),
        Audience = KnowledgeAudience.Agents,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
