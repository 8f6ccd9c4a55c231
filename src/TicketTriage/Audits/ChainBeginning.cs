using System.Text.Json;

namespace TicketTriage.Audits;

/// <summary>
/// Where a chain says that it begins since its oldest lines were removed by age. What was removed is gone; but the last of it stands, whole,
/// in the line that says so. Whoever makes one up has to find a line with the hash that stayed as the beginning, and with an earlier
/// moment: that is what hashes are for.
/// </summary>
/// <param name="Position">The last position that was removed.</param>
/// <param name="Hash">Of that position; its link stays.</param>
/// <param name="LinkedTo">The hash before it; <see langword="null"/> where it was the first.</param>
/// <param name="Last">The entry that stood there; <see langword="null"/> where nothing is said of it.</param>
internal sealed record ChainBeginning(long Position, byte[] Hash, byte[]? LinkedTo, AuditEntry? Last)
{
    /// <summary>When the youngest line that was removed was written; <see langword="null"/> where that isn't proven.</summary>
    public DateTimeOffset? ProvenAt(string helpdesk) =>
        Last is { } last && last.Hash(LinkedTo ?? AuditEntry.BeginningOf(helpdesk), Position).AsSpan().SequenceEqual(Hash) ? last.At : null;

    /// <param name="details">Of a line <see cref="AuditActions.Pruned"/>.</param>
    /// <returns><see langword="null"/> where the line says nothing of the kind.</returns>
    public static ChainBeginning? Find(string helpdesk, string details)
    {
        try
        {
            using var document = JsonDocument.Parse(details);
            var said = document.RootElement;
            return new ChainBeginning(
                said.GetProperty("upTo").GetInt64(),
                Convert.FromHexString(said.GetProperty("hash").GetString() ?? ""),
                Bytes(said, "linkedTo"),
                said.TryGetProperty("last", out var last) && last.ValueKind is JsonValueKind.Object ? Read(helpdesk, last) : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentOutOfRangeException)
        {
            // Not written by prune_audit: the chain has no such beginning then, and the check says what is missing.
            return null;
        }
    }

    private static AuditEntry Read(string helpdesk, JsonElement last) => new()
    {
        Id = last.GetProperty("id").GetInt64(),
        Helpdesk = helpdesk,
        At = DateTimeOffset.UnixEpoch.AddTicks(last.GetProperty("at").GetInt64() * TimeSpan.TicksPerMicrosecond),
        Action = last.GetProperty("action").GetString() ?? "",
        Person = Bytes(last, "person"),
        Subject = last.GetProperty("subject").GetString() ?? "",
        Details = last.GetProperty("details").GetString() ?? "",
    };

    private static byte[]? Bytes(JsonElement said, string name) =>
        said.TryGetProperty(name, out var hex) && hex.GetString() is { } digits ? Convert.FromHexString(digits) : null;
}
