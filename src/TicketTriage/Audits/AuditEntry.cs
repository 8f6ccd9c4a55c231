using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TicketTriage.Audits;

/// <summary>A line of the audit as its row has it. What somebody wrote never stands in it: ids, words of closed lists, versions.</summary>
public sealed record AuditEntry
{
    public required long Id { get; init; }

    /// <summary>Whose chain it belongs to; empty for what concerns no single helpdesk.</summary>
    public required string Helpdesk { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What was done, such as <c>policy.published</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The key of who did it in <c>audit_people</c>; <see langword="null"/> for the service itself.</summary>
    public byte[]? Person { get; init; }

    /// <summary>To what: <c>ticket 4711</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON, to the letter as it was written.</summary>
    public required string Details { get; init; }

    /// <summary>SHA-256 over the hash before, the position, and everything here, each part with its length before it.</summary>
    /// <param name="before">Of the position before; <see cref="BeginningOf"/> for the first.</param>
    public byte[] Hash(ReadOnlySpan<byte> before, long position)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Append(hash, position);
        Append(hash, Id);
        // The database keeps microseconds; the driver's hundred nanoseconds are always whole ones.
        Append(hash, (At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Append(hash, Encoding.UTF8.GetBytes(Helpdesk));
        Append(hash, Encoding.UTF8.GetBytes(Action));
        Append(hash, Person ?? []);
        Append(hash, Encoding.UTF8.GetBytes(Subject));
        Append(hash, Encoding.UTF8.GetBytes(Details));
        return hash.GetHashAndReset();
    }

    /// <summary>What the first entry of a chain is linked to.</summary>
    public static byte[] BeginningOf(string helpdesk) => SHA256.HashData(Encoding.UTF8.GetBytes($"The audit of {helpdesk} begins."));

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Append(hash, part.Length);
        hash.AppendData(part);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
