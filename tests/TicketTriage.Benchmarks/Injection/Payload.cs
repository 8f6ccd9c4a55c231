using System.Text.Json;

namespace TicketTriage.Benchmarks.Injection;

/// <summary>A text that somebody puts into a ticket.</summary>
/// <param name="IsAttack">False for one that only looks like an attack.</param>
internal sealed record Payload(string Id, string Text, bool IsAttack)
{
    public static async Task<IReadOnlyList<Payload>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var payloads = new List<Payload>();
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            using var row = JsonDocument.Parse(line);
            var isAttack = !row.RootElement.TryGetProperty("label", out var label) || label.GetString() != "benign";
            var text = row.RootElement.TryGetProperty("payload", out var payload) ? payload : row.RootElement.GetProperty("text");
            var id = row.RootElement.TryGetProperty("id", out var name) ? name.ToString() : $"{payloads.Count + 1}";
            payloads.Add(new Payload(id, text.GetString() ?? "", isAttack));
        }

        return payloads;
    }
}
