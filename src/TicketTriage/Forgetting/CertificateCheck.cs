using System.Globalization;
using System.Text.Json;
using TicketTriage.Audits;

namespace TicketTriage.Forgetting;

/// <summary>Whether a certificate that somebody kept is the one that was given: by its own hash, and by the line of the audit.</summary>
public sealed class CertificateCheck(AuditLedger audit)
{
    /// <param name="json">The certificate as it was given.</param>
    /// <exception cref="ArgumentException">It is no certificate.</exception>
    public async Task<CertificateFinding> RunAsync(string json, CancellationToken cancellationToken)
    {
        var (certificate, hash) = Read(json);
        if (certificate.Hash != hash)
        {
            return new CertificateFinding(IsGenuine: false, "The certificate was changed: its hash is not that of what it says.");
        }

        var filter = new AuditFilter { Helpdesk = certificate.Helpdesk, Action = AuditActions.PersonErased, Subject = Subject(hash) };
        var lines = (await audit.ListAsync(filter, most: 1, cancellationToken)).Lines;
        if (lines is not [var line, ..])
        {
            return new CertificateFinding(
                IsGenuine: false,
                $"The audit of {certificate.Helpdesk} doesn't know this certificate: it was made elsewhere, or its line is older than "
                + "Retention:Audit.");
        }

        var place = line.Position is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"position {position}")
            : "its end, not linked yet";
        return new CertificateFinding(IsGenuine: true, string.Create(
            CultureInfo.InvariantCulture,
            $"The certificate is as it was given: the audit of {certificate.Helpdesk} has it at {place}, of {line.Entry.At:yyyy-MM-dd HH:mm:ss} UTC."));
    }

    /// <summary>What the audit's line of a certificate is about.</summary>
    internal static string Subject(string hash) => $"certificate {hash}";

    private static (ErasureCertificate Certificate, string? Hash) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                && root.TryGetProperty("hash", out var hash) && hash.ValueKind is JsonValueKind.String
                && root.Deserialize(ErasureJson.Default.ErasureCertificate) is { Helpdesk: not null, By: not null, Rows: not null } known
                    ? (known, hash.GetString())
                    : throw new ArgumentException("This is no certificate of an erasure.", nameof(json));
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"This is no certificate of an erasure: {e.Message}", nameof(json), e);
        }
    }
}

/// <param name="Text">A sentence for people.</param>
public sealed record CertificateFinding(bool IsGenuine, string Text);
