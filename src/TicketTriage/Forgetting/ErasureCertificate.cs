using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Forgetting;

/// <summary>That somebody was erased, and how much of what; nothing of whom.</summary>
/// <param name="Id">Of this erasure.</param>
/// <param name="By">Who erased.</param>
/// <param name="Tickets">How many tickets the person had here.</param>
/// <param name="Rows">How many rows of each table were deleted, or cleared of the person.</param>
public sealed record ErasureCertificate(
    Guid Id, string Helpdesk, DateTimeOffset At, string By, int Tickets, IReadOnlyDictionary<string, long> Rows)
{
    /// <summary>SHA-256 over everything else, in hexadecimal digits; the audit has the same.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
    [
        $"{Id:D}",
        Helpdesk,
        At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        By,
        Tickets.ToString(CultureInfo.InvariantCulture),
        .. Rows.OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Key}={table.Value}")),
    ]))));

    /// <summary>For people to keep.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ErasureJson.Default.ErasureCertificate);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ErasureCertificate))]
internal sealed partial class ErasureJson : JsonSerializerContext;
