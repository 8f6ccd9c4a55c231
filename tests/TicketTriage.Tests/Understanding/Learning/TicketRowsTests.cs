using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class TicketRowsTests
{
    [Test]
    public async Task A_row_has_its_text_and_labels()
    {
        var rows = await ReadAsync("""{"text": "Hello", "intent": "a", "seats": 4, "vip": true}""", "intent", "seats", "vip");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Rows.Single().Text, Is.EqualTo("Hello"));
            Assert.That(rows.Rows.Single().Labels, Is.EqualTo(["a", "4", "true"]));
        }
    }

    [TestCase("""{"subject": "Parcel", "body": "Where is it?", "intent": "a"}""", ExpectedResult = "Parcel\nWhere is it?")]
    [TestCase("""{"body": "Where is it?", "intent": "a"}""", ExpectedResult = "Where is it?")]
    [TestCase("""{"text": "All", "subject": "Parcel", "body": "Where is it?", "intent": "a"}""", ExpectedResult = "All")]
    public async Task<string> Subject_and_body_stand_in_for_a_text(string line) => (await ReadAsync(line, "intent")).Rows.Single().Text;

    [TestCase("nonsense", "line 2: this is not JSON")]
    [TestCase("""{"text": "cut o""", "line 2: this is not JSON")]
    [TestCase("[1]", "line 2: this is no JSON object")]
    [TestCase("""{"intent": "a"}""", "line 2: it has neither a text nor a subject or body")]
    [TestCase("""{"text": 5, "intent": "a"}""", "line 2: it has neither a text nor a subject or body")]
    [TestCase("""{"text": "  ", "intent": "a"}""", "line 2: its text is empty")]
    [TestCase("""{"text": "Hello"}""", "line 2: it has no value for intent")]
    [TestCase("""{"text": "Hello", "intent": null}""", "line 2: it has no value for intent")]
    [TestCase("""{"text": "half a smile \uD83D", "intent": "a"}""", "line 2: it holds half a character")]
    public async Task A_row_that_cannot_be_read_is_skipped_and_named(string line, string expected)
    {
        var rows = await ReadAsync($$"""{"text": "Hello", "intent": "a"}{{'\n'}}{{line}}{{'\n'}}""", "intent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Rows, Has.Count.EqualTo(1));
            Assert.That(rows.Faults.Single(), Does.Contain(expected));
        }
    }

    [Test]
    public async Task Empty_lines_are_no_rows()
    {
        var rows = await ReadAsync("\n\n{\"text\": \"Hello\", \"intent\": \"a\"}\r\n\n", "intent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Rows, Has.Count.EqualTo(1));
            Assert.That(rows.Faults, Is.Empty);
        }
    }

    [TestCase(95, 5, false)]
    [TestCase(94, 6, true)]
    public async Task More_than_one_bad_row_in_twenty_is_too_many(int good, int bad, bool isRefused)
    {
        var rows = await ReadAsync(
            string.Join('\n', [.. Enumerable.Repeat("""{"text": "Hello", "intent": "a"}""", good), .. Enumerable.Repeat("?", bad)]), "intent");

        Assert.That(rows.RequireMostReadable, isRefused ? Throws.TypeOf<LearningException>().With.Message.Contains("6 of 100") : Throws.Nothing);
    }

    [TestCase("", "is empty")]
    [TestCase("\n \n", "is empty")]
    [TestCase("""{"text": "Hello", "topic": "a"}""", "has the label intent; its columns are text, topic")]
    public void A_file_without_what_is_asked_for_is_refused(string content, string expected) =>
        Assert.That(() => ReadAsync(content, "intent"), Throws.TypeOf<LearningException>().With.Message.Contains(expected));

    [Test]
    public void A_file_that_is_absent_is_named() =>
        Assert.That(
            () => TicketRows.ReadAsync("/nowhere/tickets.jsonl", ["intent"], CancellationToken.None),
            Throws.TypeOf<LearningException>().With.Message.EqualTo("There is no file /nowhere/tickets.jsonl."));

    [Test]
    public async Task Unlabelled_rows_need_no_label() =>
        Assert.That((await ReadAsync("""{"text": "Hello"}""")).Rows.Single().Labels, Is.Empty);

    private static async Task<TicketRows> ReadAsync(string content, params string[] labels)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content);
            return await TicketRows.ReadAsync(file, labels, CancellationToken.None);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
