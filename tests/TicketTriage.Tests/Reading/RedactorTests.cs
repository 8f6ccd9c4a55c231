using Mono.Cecil;
using TicketTriage.Reading;

namespace TicketTriage.Tests.Reading;

public sealed class RedactorTests
{
    [TestCase("Mail an jutta.ahlers+shop@post.example bitte.", ExpectedResult = "Mail an [EMAIL_1] bitte.")]
    [TestCase("jutta (at) post.example", ExpectedResult = "[EMAIL_1]")]
    [TestCase("IBAN DE02 1203 0000 0000 2020 51, danke", ExpectedResult = "IBAN [IBAN_1], danke")]
    [TestCase("GB33BUKB20201555555555.", ExpectedResult = "[IBAN_1].")]
    [TestCase("DE02 1203 0000 0000 2020 52 ist keine", ExpectedResult = "DE02 1203 0000 0000 2020 52 ist keine")]
    [TestCase("card 4111 1111 1111 1111 declined", ExpectedResult = "card [CARD_1] declined")]
    [TestCase("card 4111-1111-1111-1112 declined", ExpectedResult = "card 4111-1111-1111-1112 declined")]
    [TestCase("IMEI 353918052078962", ExpectedResult = "IMEI 353918052078962")]
    [TestCase("from 203.0.113.7 and 2001:db8::8a2e:370:7334", ExpectedResult = "from [IP_1] and [IP_2]")]
    [TestCase("Version 26.2.27.10 um 12:30:45", ExpectedResult = "Version 26.2.27.10 um 12:30:45")]
    [TestCase("std::vector and a::b", ExpectedResult = "std::vector and a::b")]
    [TestCase("ruf an: +49 (0)151 23456789", ExpectedResult = "ruf an: [PHONE_1]")]
    [TestCase("Handy 0151 23456789, Tel. 040/123456-7", ExpectedResult = "Handy [PHONE_1], Tel. [PHONE_2]")]
    [TestCase("call (555) 010-4477", ExpectedResult = "call [PHONE_1]")]
    [TestCase(
        "Bestellnummer 0151234567, Rechnung 2026-000123, 03.02.2026, 1.299,00 Euro",
        ExpectedResult = "Bestellnummer 0151234567, Rechnung 2026-000123, 03.02.2026, 1.299,00 Euro")]
    [TestCase(
        "https://anna:geheim@host.example/x?token=abcdef",
        ExpectedResult = "https://[CREDENTIALS_1]@host.example/x?token=[CREDENTIALS_2]")]
    [TestCase("Meine IdNr ist 86 095 742 719.", ExpectedResult = "Meine IdNr ist [TAX_ID_1].")]
    [TestCase("Steuer-ID 86 095 742 718", ExpectedResult = "Steuer-ID 86 095 742 718")]
    [TestCase("Auftrag 86095742719", ExpectedResult = "Auftrag 86095742719")]
    [TestCase("SV-Nummer 65 170839 J 003 und 65170839j004", ExpectedResult = "SV-Nummer [SOCIAL_SECURITY_1] und 65170839j004")]
    [TestCase("AHV 756.9217.0769.85", ExpectedResult = "AHV [SOCIAL_SECURITY_1]")]
    [TestCase("USt-IdNr. DE136695976, nicht DE136695977", ExpectedResult = "USt-IdNr. [VAT_ID_1], nicht DE136695977")]
    [TestCase("SN 4111111111111111", ExpectedResult = "SN 4111111111111111")]
    [TestCase("geboren am 1. Mai 1975, gekauft am 1. Mai 2026", ExpectedResult = "geboren am [BIRTH_DATE_1], gekauft am 1. Mai 2026")]
    [TestCase("DOB: 04/12/1987", ExpectedResult = "DOB: [BIRTH_DATE_1]")]
    [TestCase("Kennzeichen m ab 123; HH-LL 96", ExpectedResult = "Kennzeichen [PLATE_1]; [PLATE_2]")]
    [TestCase("0664 1234567, 044 668 18 00, 020 7946 0958", ExpectedResult = "[PHONE_1], [PHONE_2], [PHONE_3]")]
    [TestCase("Guthaben unter 100.000 Euro", ExpectedResult = "Guthaben unter 100.000 Euro")]
    [TestCase("lena at post dot example", ExpectedResult = "[EMAIL_1]")]
    [TestCase("Passwort: Sommer2024!, Passwort vergessen", ExpectedResult = "Passwort: [CREDENTIALS_1], Passwort vergessen")]
    [TestCase("the password is wrong", ExpectedResult = "the password is wrong")]
    [TestCase("key ghp_abcdefghijklmnopqrstuvwxyz123456", ExpectedResult = "key [CREDENTIALS_1]")]
    [TestCase("", ExpectedResult = "")]
    public string Personal_data_is_masked_and_its_look_alikes_stay(string text) => new Redactor().Redact(text).Text;

    [TestCase("wohne in der Lindenstraße 12a, 4020 Linz.", ExpectedResult = "wohne in der [ADDRESS_1].")]
    [TestCase("Unter den Eichen 7 HH, 60311 Frankfurt am Main", ExpectedResult = "[ADDRESS_1]")]
    [TestCase("straße des 17. juni 40a, 10623 berlin", ExpectedResult = "[ADDRESS_1]")]
    [TestCase("an die Bahnhofstrasse 21, CH-8001 Zürich!", ExpectedResult = "an die [ADDRESS_1]!")]
    [TestCase("221B Baker Street, London NW1 6XE", ExpectedResult = "[ADDRESS_1]")]
    [TestCase("4578 Elm Street Apt. 5, Springfield, IL 62704.", ExpectedResult = "[ADDRESS_1].")]
    [TestCase("12 rue de la Paix, 75002 Paris; Via Roma 12, 00184 Roma", ExpectedResult = "[ADDRESS_1]; [ADDRESS_2]")]
    [TestCase("Postfach 12 34 56, 80331 München", ExpectedResult = "[ADDRESS_1]")]
    [TestCase("Kapitel 5, 12345 Zeichen, Monitor 2. Raum 12, 14 Uhr", ExpectedResult = "Kapitel 5, 12345 Zeichen, Monitor 2. Raum 12, 14 Uhr")]
    [TestCase("Abstieg 2013. Am Montag 5 Stunden gewartet", ExpectedResult = "Abstieg 2013. Am Montag 5 Stunden gewartet")]
    public string Postal_addresses_are_masked_as_several_countries_write_them(string text) => new Redactor().Redact(text).Text;

    [TestCase("The parcel was signed for by Thandiwe Nkosi.", ExpectedResult = "The parcel was signed for by [PERSON_1].")]
    [TestCase("Could you forward this to Eilidh Drummond please?", ExpectedResult = "Could you forward this to [PERSON_1] please?")]
    [TestCase("I spoke with Sales Support and to IT about it", ExpectedResult = "I spoke with Sales Support and to IT about it")]
    [TestCase("Das Kind heißt Fenja-Marie, geboren im Mai.", ExpectedResult = "Das Kind heißt [PERSON_1], geboren im Mai.")]
    [TestCase("Mein Name ist Wieczorek-Öner.", ExpectedResult = "Mein Name ist [PERSON_1].")]
    [TestCase("mein name ist sabine müller, danke", ExpectedResult = "mein name ist [PERSON_1], danke")]
    [TestCase("mein name ist falsch geschrieben", ExpectedResult = "mein name ist falsch geschrieben")]
    [TestCase("Frau Dr. von der Heide rief an", ExpectedResult = "Frau [PERSON_1] rief an")]
    [TestCase("Hi, this is Winter. The winter is cold.", ExpectedResult = "Hi, this is [PERSON_1]. The winter is cold.")]
    [TestCase("Inhaber: Kurz; kurz gesagt", ExpectedResult = "Inhaber: [PERSON_1]; kurz gesagt")]
    [TestCase("Kollege Fuchs (k.fuchs@x.example)", ExpectedResult = "Kollege [PERSON_1] ([EMAIL_1])")]
    [TestCase("anna.gruber@x.example: frag Gruber", ExpectedResult = "[EMAIL_1]: frag [PERSON_1]")]
    [TestCase("Jäger, An der Mühle 4, 50667 Köln", ExpectedResult = "[PERSON_1], [ADDRESS_1]")]
    [TestCase("Danke!\n\nMit freundlichen Grüßen\nIda Zwirner", ExpectedResult = "Danke!\n\nMit freundlichen Grüßen\n[PERSON_1]")]
    [TestCase("Hallo Support-Team, hello everybody", ExpectedResult = "Hallo Support-Team, hello everybody")]
    [TestCase("Will it come in May? Mark the date.", ExpectedResult = "Will it come in May? Mark the date.")]
    [TestCase("Ich bin Kunde. This is urgent.", ExpectedResult = "Ich bin Kunde. This is urgent.")]
    public string Names_are_known_by_what_stands_beside_them(string text) => new Redactor().Redact(text).Text;

    [Test]
    public void The_same_value_has_the_same_placeholder_in_every_text_of_a_ticket()
    {
        var redactor = new Redactor();

        var first = redactor.Redact("a@x.example, b@x.example, A@X.example");
        var second = redactor.Redact("DE02120300000000202051 and b@x.example and DE02 1203 0000 0000 2020 51");

        Assert.That(first.Text, Is.EqualTo("[EMAIL_1], [EMAIL_2], [EMAIL_1]"));
        Assert.That(second.Text, Is.EqualTo("[IBAN_1] and [EMAIL_2] and [IBAN_1]"));
    }

    [Test]
    public void Names_are_masked_whole_and_in_parts_but_not_inside_words()
    {
        var redactor = new Redactor(["Jutta Ahlers"]);

        var redacted = redactor.Redact("Ich, Jutta Ahlers, bin Frau Ahlers aus Ahlersdorf.");

        Assert.That(redacted.Text, Is.EqualTo("Ich, [PERSON_1], bin Frau [PERSON_2] aus Ahlersdorf."));
        Assert.That(redactor.PutBack(redacted.Text), Is.EqualTo("Ich, Jutta Ahlers, bin Frau Ahlers aus Ahlersdorf."));
    }

    [Test]
    public void A_placeholder_that_the_customer_wrote_means_nothing()
    {
        var redactor = new Redactor();

        var redacted = redactor.Redact("[IP_1] and 203.0.113.7");

        Assert.That(redacted.Text, Is.EqualTo("[IP_1] and [IP_2]"));
        Assert.That(redactor.PutBack("[IP_1] [IP_2] [IBAN_9]"), Is.EqualTo("[IP_1] 203.0.113.7 [IBAN_9]"));
    }

    [Test]
    public void Addresses_of_mail_and_secrets_never_come_back()
    {
        var redactor = new Redactor();
        redactor.Redact("Passwort: geheim123, a@x.example");

        Assert.That(redactor.PutBack("[CREDENTIALS_1] [EMAIL_1]"), Is.EqualTo("[CREDENTIALS_1] [EMAIL_1]"));
    }

    [Test]
    public void Spans_point_into_the_text_as_it_was()
    {
        const string text = "an 😀 a@x.example";

        var span = new Redactor().Redact(text).Spans.Single();

        Assert.That(text[span.Start..span.End], Is.EqualTo("a@x.example"));
        Assert.That(span.Type, Is.EqualTo("EMAIL"));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Long_texts_made_to_be_slow_come_back(
        [Values(
            "a@", "a.", "0 1 ", "1.", "http://a:", "DE00 ", "::1", "(0", "+49 ", "tel ", "'", "1/", "né ", "Frau ", "von der ", "Anna ",
            "12 ", "Straße des ", "am 1, ", "1 Park ", "eyJ", "-----BEGIN PRIVATE KEY-----", "a@b.example ", "[EMAIL_1]",
            "x at y dot ")] string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        Assert.That(new Redactor().Redact(text).Text, Is.Not.Empty);
    }

    [Test]
    public void Only_the_redactor_makes_redacted_text()
    {
        using var house = AssemblyDefinition.ReadAssembly(typeof(Redactor).Assembly.Location);

        var makers = house.MainModule.GetTypes()
            .SelectMany(type => type.Methods.Where(method => method.HasBody))
            .Where(method => method.Body.Instructions.Any(instruction =>
                instruction.Operand is MethodReference { Name: ".ctor" } made
                && made.DeclaringType.FullName == typeof(RedactedText).FullName))
            .Select(method => method.DeclaringType.FullName)
            .Distinct();

        Assert.That(makers, Is.EqualTo(new[] { typeof(Redactor).FullName }));
    }
}
