using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

/// <summary>Calls a sandbox as any client of its vendor's API would: over HTTP, by API token or API key.</summary>
internal sealed class SandboxCaller : IDisposable
{
    private readonly HttpClient client;

    public SandboxCaller(SandboxHelpdesk helpdesk, string? authorization = null)
    {
        client = new() { BaseAddress = helpdesk.Address };
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(
            authorization
            ?? (helpdesk.Kind == SandboxKind.Zendesk ? Basic(SandboxCredentials.ApiToken) : Key(SandboxCredentials.ApiToken)));
    }

    public static string Basic(string token) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SandboxCredentials.Email}/token:{token}"));

    public static string Key(string apiKey) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{apiKey}:X"));

    public async Task<Reply> GetAsync(string path) => await ReadAsync(await client.GetAsync(path));

    public async Task<Reply> PostAsync(string path, object body) => await ReadAsync(await client.PostAsJsonAsync(path, body));

    public async Task<Reply> PutAsync(string path, object body) => await ReadAsync(await client.PutAsJsonAsync(path, body));

    public async Task<Reply> PatchAsync(string path, object body) => await ReadAsync(await client.PatchAsJsonAsync(path, body));

    public async Task<Reply> DeleteAsync(string path) => await ReadAsync(await client.DeleteAsync(path));

    public async Task<Reply> SendAsync(HttpRequestMessage request) => await ReadAsync(await client.SendAsync(request));

    /// <summary>Changes a ticket; <paramref name="ticket"/> is what stands under the name ticket.</summary>
    public async Task<Reply> ChangeAsync(long number, object ticket) =>
        await ReadAsync(await client.PutAsJsonAsync($"/api/v2/tickets/{number}", new { ticket }));

    public async Task<Reply> GrantAsync(object body) => await PostAsync("/oauth/tokens", body);

    public void Dispose() => client.Dispose();

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
            return new((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response.Headers);
        }
    }
}

/// <param name="Json"><see langword="null"/> where the answer isn't JSON.</param>
internal sealed record Reply(int Status, JsonNode? Json, string Text, HttpResponseHeaders Headers)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>What stands at a path of names and places, such as <c>audit.events.0.type</c>, as JSON; <c>null</c> for nothing.</summary>
    public string At(string path)
    {
        var node = Json;
        foreach (var step in path.Split('.'))
        {
            node = int.TryParse(step, CultureInfo.InvariantCulture, out var place)
                ? node?.AsArray().ElementAtOrDefault(place)
                : node?[step];
        }

        return node?.ToJsonString().Trim('"') ?? "null";
    }

    public IReadOnlyList<string> ListAt(string name, string member) =>
        [.. (Json?[name]?.AsArray() ?? []).Select(item => item?[member]?.ToJsonString().Trim('"') ?? "null")];
}
