namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>The ticket fields of an account, read when first needed and again after an hour, or when one turns out to be wrong.</summary>
internal sealed class ZendeskFields(string helpdesk, ZendeskApi api, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    private readonly Remembered<ZendeskFieldSet> remembered = new(() => AskAsync(helpdesk, api), _ => GoodFor, clock);

    public Task<ZendeskFieldSet> FindAsync(CancellationToken cancellationToken) => remembered.GetAsync(cancellationToken);

    public void Forget() => remembered.Forget();

    private static async Task<ZendeskFieldSet> AskAsync(string helpdesk, ZendeskApi api)
    {
        try
        {
            var page = await api.ListTicketFieldsAsync(CancellationToken.None);
            var fields = page.TicketFields ?? throw ZendeskPages.Incomplete(helpdesk, "the ticket fields");
            return new ZendeskFieldSet(helpdesk, [.. fields.OfType<ZendeskField>()]);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status != System.Net.HttpStatusCode.Unauthorized)
        {
            // Tickets can be triaged without fields; what is missing is told as a missing ability.
            return new ZendeskFieldSet(helpdesk, [], refused.Message);
        }
    }
}
