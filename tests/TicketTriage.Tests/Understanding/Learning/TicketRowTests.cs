using System.Text.Json;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class TicketRowTests
{
    [Test]
    public void A_row_has_its_text_and_labels()
    {
        var row = Read("""{"text": "Hello", "intent": "a", "seats": 4, "vip": true}""", "intent", "seats", "vip");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Text, Is.EqualTo("Hello"));
            Assert.That(row.Labels, Is.EqualTo(["a", "4", "true"]));
        }
    }

    [TestCase("""{"subject": "Parcel", "body": "Where is it?", "intent": "a"}""", ExpectedResult = "Parcel\nWhere is it?")]
    [TestCase("""{"body": "Where is it?", "intent": "a"}""", ExpectedResult = "Where is it?")]
    [TestCase("""{"text": "All", "subject": "Parcel", "body": "Where is it?", "intent": "a"}""", ExpectedResult = "All")]
    public string Subject_and_body_stand_in_for_a_text(string row) => Read(row, "intent").Text;

    [TestCase("""{"intent": "a"}""", "it has neither a text nor a subject or body")]
    [TestCase("""{"text": 5, "intent": "a"}""", "it has neither a text nor a subject or body")]
    [TestCase("""{"text": "  ", "intent": "a"}""", "its text is empty")]
    [TestCase("""{"text": "Hello", "topic": "a"}""", "it has no value for intent, only for text, topic")]
    [TestCase("""{"text": "Hello", "intent": null}""", "it has no value for intent, only for text, intent")]
    public void A_row_that_cannot_serve_says_why(string row, string expected) =>
        Assert.That(() => Read(row, "intent"), Throws.TypeOf<FormatException>().With.Message.EqualTo(expected));

    [Test]
    public void One_label_of_several_is_enough() =>
        Assert.That(Read("""{"text": "Hello", "intent": "a"}""", "queue", "intent").Labels, Is.EqualTo([null, "a"]));

    [Test]
    public void Unlabelled_rows_need_no_label() => Assert.That(Read("""{"text": "Hello"}""").Labels, Is.Empty);

    private static TicketRow Read(string row, params string[] labels) => TicketRow.Read(JsonDocument.Parse(row).RootElement, labels);
}
