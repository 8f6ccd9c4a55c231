using System.Globalization;
using System.Text;
using TicketTriage.Helpdesks.Zendesk;

namespace TicketTriage.Benchmarks.Load;

/// <summary>Webhooks as Zendesk sends them, each about a change of its own on one of many tickets, as whole requests.</summary>
/// <param name="secret">Signs them.</param>
internal sealed class WebhookDeliveries(Uri target, string secret, TimeProvider clock)
{
    private const int Tickets = 5_000;

    /// <summary>Coprime to the number of tickets: neighbours in time are about tickets far apart, and all get their turn.</summary>
    private const int Stride = 1_987;

    private const string Description =
        "Guten Tag, die Lieferung sollte am Dienstag kommen, und bis heute ist nichts da. In der Sendungsverfolgung steht seit drei Tagen "
        + "unverändert, dass das Paket im Verteilzentrum liegt. Können Sie bitte nachsehen, wo es ist, und mir sagen, wann ich damit "
        + "rechnen kann? Ich brauche die Teile am Wochenende. Mit freundlichen Grüßen";

    private const string Comment =
        "Gibt es schon etwas Neues? Heute ist wieder nichts angekommen, und die Hotline ist besetzt.";

    private long last;

    public byte[] Next()
    {
        var sequence = Interlocked.Increment(ref last);
        var ticket = 1 + (sequence * Stride % Tickets);
        var now = clock.GetUtcNow().UtcDateTime;
        var timestamp = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(Envelope(sequence, ticket, now));
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            POST {target.AbsolutePath} HTTP/1.1
            Host: {target.Authority}
            User-Agent: Zendesk Webhook
            Content-Type: application/json; charset=utf-8
            X-Zendesk-Account-Id: 22129848
            X-Zendesk-Webhook-Id: 01HBENCHMARK00000000000000
            X-Zendesk-Webhook-Invocation-Id: 01HBENCH{sequence:D18}
            {ZendeskSignature.Header}: {ZendeskSignature.Sign(secret, timestamp, body)}
            {ZendeskSignature.TimestampHeader}: {timestamp}
            Content-Length: {body.Length}


            """).ReplaceLineEndings("\r\n"));
        return [.. head, .. body];
    }

    /// <summary>About 1.4 KB, the size of an ordinary one.</summary>
    private static string Envelope(long sequence, long ticket, DateTime now) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"type":"zen:event-type:ticket.comment_added","account_id":22129848,"id":"01HBENCH{{{sequence:D18}}}",
        "time":"{{{now:yyyy-MM-dd'T'HH:mm:ss.fffffff}}}00Z","zendesk_event_version":"2022-11-06","subject":"zen:ticket:{{{ticket}}}",
        "detail":{"actor_id":"8447388090494","assignee_id":null,"brand_id":"8447346621310","created_at":"2026-11-20T08:14:03Z",
        "custom_status":"8447320465790","description":"{{{Description}}}","external_id":null,"form_id":"8646151517822",
        "group_id":"8447320466430","id":"{{{ticket}}}","is_public":true,"organization_id":"8447346622462","priority":"NORMAL",
        "requester_id":"8447388090494","status":"OPEN","subject":"Wo bleibt meine Lieferung?","submitter_id":"8447388090494",
        "tags":["webshop","delivery"],"type":"INCIDENT","updated_at":"2026-11-22T08:15:31Z","via":{"channel":"email"}},
        "event":{"comment":{"id":"{{{8447000000000 + sequence}}}","body":"{{{Comment}}}","is_public":true,
        "author":{"id":"8447388090494","is_staff":false,"name":"Robin Muster"}},
        "meta":{"sequence":{"id":"{{{8448000000000 + sequence}}}","position":1}}
        }}
        """);
}
