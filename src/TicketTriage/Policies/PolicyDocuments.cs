using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TicketTriage.Policies;

/// <summary>Reads policy documents, whoever keeps them.</summary>
public static class PolicyDocuments
{
    /// <param name="kind">The name of the kind, for messages.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="type">How the kind is written; it should refuse unknown and doubled properties.</param>
    /// <param name="findFaults">Names what is wrong beyond the form, each in one sentence with its place.</param>
    /// <exception cref="PolicyFaultyException">The document is not JSON of this kind, or has faults.</exception>
    public static PolicyDocument<T> Parse<T>(
        string kind, ReadOnlySpan<byte> json, JsonTypeInfo<T> type, Func<T, IReadOnlyList<string>> findFaults)
    {
        T content;
        try
        {
            content = JsonSerializer.Deserialize(json, type)
                ?? throw new PolicyFaultyException(kind, ["It is empty; an object is expected."]);
        }
        catch (JsonException exception)
        {
            throw new PolicyFaultyException(kind, [Explain(exception)], exception);
        }

        var faults = findFaults(content);
        return faults.Count == 0
            ? new PolicyDocument<T>(kind, VersionOf(json), content, Encoding.UTF8.GetString(json))
            : throw new PolicyFaultyException(kind, faults);
    }

    /// <summary>The version of a document with these bytes.</summary>
    public static string VersionOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 6));

    private static string Explain(JsonException exception)
    {
        var place = exception.LineNumber is { } line ? $"Line {line + 1}, at {exception.Path ?? "$"}: " : "";
        var end = exception.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return place + (end < 0 ? exception.Message : exception.Message[..end]);
    }
}
