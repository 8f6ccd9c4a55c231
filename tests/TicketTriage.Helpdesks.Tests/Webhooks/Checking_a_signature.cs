using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Helpdesks.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Webhooks;

public class Checking_a_signature
{
    // Computed with OpenSSL: printf '%s%s' TIME BODY | openssl dgst -sha256 -hmac SECRET -binary | base64
    [TestCase("whsec_plain-letters", "2026-11-25T10:00:00Z", """{"ticket_id":"1"}""", "TfXboNm/+U30kZNSOTj64hosmQZTp7oyYjN5/9MnDV4=")]
    [TestCase("dGhpcyBpcyBub3QgZGVjb2RlZA==", "2026-11-25T10:00:00Z", "", "l8Ojk+6ixxYTroAlPaSiLdyuilVFou8UeUh1SZcloOI=")]
    [TestCase("Schlüssel", "2021-03-25T05:09:27Z", """{"text":"Grüße 😀"}""", "y5i5MC0svhEJWMXWtrTCjN323fydkF5kq33lSj/jp90=")]
    public void A_signature_is_the_one_that_openssl_computes(string secret, string timestamp, string body, string expected) =>
        Assert.That(ZendeskSignature.Sign(secret, timestamp, Encoding.UTF8.GetBytes(body)), Is.EqualTo(expected));

    [Test]
    public void A_genuine_delivery_is_accepted() =>
        Assert.That(Delivery.Signed(Delivery.TriggerBody).Read().Outcome, Is.EqualTo(DeliveryOutcome.Genuine));

    [Test]
    public void One_flipped_bit_anywhere_in_the_signature_is_refused()
    {
        var genuine = Delivery.Signed(Delivery.TriggerBody);
        var signature = genuine.Signatures[0] ?? "";

        for (var place = 0; place < signature.Length; place++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var letters = signature.ToCharArray();
                letters[place] = (char)(letters[place] ^ (1 << bit));
                AssertNotGenuine(genuine with { Signatures = [new string(letters)] });
            }
        }
    }

    [Test]
    public void One_flipped_bit_in_the_timestamp_is_refused([Range(0, 19)] int place)
    {
        var timestamp = Delivery.Now.ToCharArray();
        timestamp[place] = (char)(timestamp[place] ^ 1);

        AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody) with { Timestamps = [new string(timestamp)] });
    }

    [TestCase(0)]
    [TestCase(37)]
    [TestCase(-1)]
    public void One_flipped_bit_in_the_body_is_refused(int place)
    {
        var genuine = Delivery.Signed(Delivery.TriggerBody);
        var body = (byte[])genuine.Body.Clone();
        body[place < 0 ? ^-place : place] ^= 1;

        AssertNotGenuine(genuine with { Body = body });
    }

    [TestCase("{ \"ticket_id\": \"5158\", \"updated_at\": \"2026-11-25T09:59:58Z\", \"actor_id\": \"77\" }",
        TestName = "Written again with blanks")]
    [TestCase(Delivery.TriggerBody + "\r\n", TestName = "With a line break")]
    [TestCase("\uFEFF" + Delivery.TriggerBody, TestName = "With a byte order mark")]
    [TestCase("", TestName = "Empty")]
    public void The_same_content_in_other_bytes_is_refused(string body) =>
        AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody) with { Body = Encoding.UTF8.GetBytes(body) });

    [Test]
    public void A_wrong_secret_is_refused() => AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody, "another secret"));

    [Test]
    public void The_secret_that_zendesk_publishes_is_refused() =>
        AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody, ZendeskSignature.PublicTestSecret));

    [Test]
    public void An_empty_secret_counts_for_nothing_even_while_there_is_no_previous_one()
    {
        var emptyKey = HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(Delivery.Now + Delivery.TriggerBody));
        var delivery = Delivery.Signed(Delivery.TriggerBody) with { Signatures = [Convert.ToBase64String(emptyKey)] };

        using (Assert.EnterMultipleScope())
        {
            AssertNotGenuine(delivery);
            Assert.That(delivery.Read(previousSecret: "").Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
        }
    }

    [Test]
    public void A_signature_in_any_other_form_is_refused()
    {
        var genuine = Delivery.Signed(Delivery.TriggerBody);
        var signature = genuine.Signatures[0] ?? "";

        using (Assert.EnterMultipleScope())
        {
            AssertNotGenuine(genuine with { Signatures = [] });
            AssertNotGenuine(genuine with { Signatures = [null] });
            AssertNotGenuine(genuine with { Signatures = [""] });
            AssertNotGenuine(genuine with { Signatures = [signature, signature] });
            AssertNotGenuine(genuine with { Signatures = [$"{signature},{signature}"] });
            AssertNotGenuine(genuine with { Signatures = [$" {signature}"] });
            AssertNotGenuine(genuine with { Signatures = [signature[..^1]] });
            AssertNotGenuine(genuine with { Signatures = [signature.ToUpperInvariant()] });
            AssertNotGenuine(genuine with { Signatures = [signature.ToLowerInvariant()] });
            AssertNotGenuine(genuine with { Signatures = [new string('*', 44)] });
            AssertNotGenuine(genuine with { Signatures = [new string('é', 44)] });
            AssertNotGenuine(genuine with { Signatures = [Convert.ToHexString(Convert.FromBase64String(signature))] });
        }
    }

    [Test]
    public void Exactly_one_timestamp_is_expected()
    {
        var genuine = Delivery.Signed(Delivery.TriggerBody);

        using (Assert.EnterMultipleScope())
        {
            AssertNotGenuine(genuine with { Timestamps = [] });
            AssertNotGenuine(genuine with { Timestamps = [null] });
            AssertNotGenuine(genuine with { Timestamps = [Delivery.Now, Delivery.Now] });
            AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody, timestamp: ""));
            AssertNotGenuine(Delivery.Signed(Delivery.TriggerBody, timestamp: new string('0', 10_000)));
        }
    }

    [TestCase("2026-11-25T09:54:59Z", ExpectedResult = false)]
    [TestCase("2026-11-25T09:55:01Z", ExpectedResult = true)]
    [TestCase("2026-11-25T10:04:59Z", ExpectedResult = true)]
    [TestCase("2026-11-25T10:05:01Z", ExpectedResult = false)]
    [TestCase("2026-11-25T10:00:00.672717030Z", ExpectedResult = true)]
    [TestCase("2026-11-25T11:00:00+01:00", ExpectedResult = true)]
    [TestCase("1970-01-01T00:00:00Z", ExpectedResult = false)]
    [TestCase("2106-02-07T06:28:16Z", ExpectedResult = false)]
    [TestCase("9999-12-31T23:59:59Z", ExpectedResult = false)]
    [TestCase("now", ExpectedResult = false)]
    [TestCase("1764064800", ExpectedResult = false)]
    public bool Only_what_was_signed_within_five_minutes_either_way_is_accepted(string timestamp) =>
        Delivery.Signed(Delivery.TriggerBody, timestamp: timestamp).Read(freshness: TimeSpan.FromMinutes(5)).Delivery is not null;

    [Test]
    public void While_a_secret_is_rolled_both_count()
    {
        var byOld = Delivery.Signed(Delivery.TriggerBody, "the old one").Read("the old one");
        var byNew = Delivery.Signed(Delivery.TriggerBody).Read("the old one");
        var byThird = Delivery.Signed(Delivery.TriggerBody, "a third").Read("the old one");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(byOld.Outcome, Is.EqualTo(DeliveryOutcome.Genuine));
            Assert.That(byNew.Outcome, Is.EqualTo(DeliveryOutcome.Genuine));
            Assert.That(byThird.Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
        }
    }

    [Test]
    public void A_delivery_that_is_not_genuine_is_not_read()
    {
        var verdict = (Delivery.Signed("no JSON") with { Signatures = [new string('A', 44)] }).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
            Assert.That(verdict.Delivery, Is.Null);
            Assert.That(verdict.Reason, Does.Contain("signature").And.Not.Contain(Delivery.Secret));
        }
    }

    private static void AssertNotGenuine(Delivery delivery) => Assert.That(delivery.Read().Outcome, Is.EqualTo(DeliveryOutcome.NotGenuine));
}
