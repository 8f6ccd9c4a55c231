using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TicketTriage.Sandbox;

namespace TicketTriage.Chaos.Helpdesks;

/// <summary>What is asked of the sandbox in its own process: tickets, faults, and its journal.</summary>
internal sealed class HelpdeskClient(Uri address) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = address, MaxResponseContentBufferSize = 1 << 30 };

    public Uri Address => address;

    /// <returns>The new ticket's number.</returns>
    public async Task<long> OpenTicketAsync(string name, string subject, string text, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            "sandbox/tickets", new WrittenTicket(name, subject, text), HelpdeskJson.Default.WrittenTicket, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var shown = await answer.Content.ReadFromJsonAsync(HelpdeskJson.Default.ShownTicket, cancellationToken)
            ?? throw new InvalidOperationException("The sandbox showed no ticket.");
        return shown.Row.Number;
    }

    public async Task AddMessageAsync(long number, string text, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            $"sandbox/tickets/{number}/messages", new WrittenMessage(text), HelpdeskJson.Default.WrittenMessage, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task PlanAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("sandbox/faults", fault, HelpdeskJson.Default.PlannedFault, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync("sandbox/faults", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<Journal> ReadJournalAsync(CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync("sandbox/journal", HelpdeskJson.Default.Journal, cancellationToken)
            ?? throw new InvalidOperationException("The sandbox has no journal.");

    /// <summary>The user that the product is in this helpdesk.</summary>
    public async Task<string> FindProductsUserAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v2/users/me");
        request.Headers.Authorization = ProductsCredentials();
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var shown = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return shown.RootElement.GetProperty("user").GetProperty("id").GetRawText();
    }

    /// <summary>Makes a change that was made before once more, as the product would have by mistake.</summary>
    public async Task RepeatAsync(JournalChange change, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/v2/tickets/{change.Ticket}")
        {
            Content = new StringContent(
                $$$"""{"ticket":{"comment":{"body":"Once more.","public":false},"metadata":{{{change.Metadata}}}}}""",
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = ProductsCredentials();
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    private static AuthenticationHeaderValue ProductsCredentials() => new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SandboxCredentials.Email}/token:{SandboxCredentials.ApiToken}")));
}
