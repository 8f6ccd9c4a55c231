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
    [TestCase("", ExpectedResult = "")]
    public string Personal_data_is_masked_and_its_look_alikes_stay(string text) => new Redactor().Redact(text).Text;

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

        var redacted = redactor.Redact("[EMAIL_1] and a@x.example");

        Assert.That(redacted.Text, Is.EqualTo("[EMAIL_1] and [EMAIL_2]"));
        Assert.That(redactor.PutBack("[EMAIL_1] [EMAIL_2] [IBAN_9]"), Is.EqualTo("[EMAIL_1] a@x.example [IBAN_9]"));
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
    [CancelAfter(30_000)]
    public void Long_texts_made_to_be_slow_come_back(
        [Values("a@", "a.", "0 1 ", "1.", "http://a:", "DE00 ", "::1", "(0", "+49 ", "tel ")] string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));

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
