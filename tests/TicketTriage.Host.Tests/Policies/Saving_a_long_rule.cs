using System.Net;
using System.Text.Json.Nodes;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Tests.Access;
using TicketTriage.Host.Tests.Pages;

namespace TicketTriage.Host.Tests.Policies;

[CancelAfter(120_000)]
internal sealed class Saving_a_long_rule
{
    private const string Draft = "select body from policy_drafts where kind = 'routing'";

    [TestCase(50)]
    [TestCase(300)]
    public async Task Nothing_of_it_is_lost_when_it_is_saved_as_it_was_shown(int many, CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);
        var tests = Enumerable.Range(0, many).Select(place => (JsonNode)new JsonObject
        {
            ["field"] = place % 2 == 0 ? "tags" : "fields.town",
            ["is"] = new JsonArray([.. Names(place)]),
        });
        var rule = new JsonObject
        {
            ["name"] = "long",
            ["note"] = "Agreed in March.\nAnd again in May.",
            ["when"] = new JsonObject { ["any"] = new JsonArray([.. tests]) },
            ["then"] = new JsonObject { ["group"] = "Support", ["tags"] = new JsonArray([.. Names(many)]) },
        };
        using var kept = await SaveTextAsync(lead, rule, cancellationToken);
        var before = await console.Database.AskAsync<string>(Draft);

        var page = await lead.GetStringAsync("/rules/rule?place=0", cancellationToken);
        using var saved = await lead.PostAsync("/rules/rule", ShownForm.Of(page), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((kept.StatusCode, saved.StatusCode), Is.EqualTo((HttpStatusCode.Redirect, HttpStatusCode.Redirect)));
            Assert.That(before, Does.Contain($"name {many - 1}.49"));
            Assert.That(await console.Database.AskAsync<string>(Draft), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Fifty_rows_of_a_form_are_fifty_tests_of_the_rule(CancellationToken cancellationToken)
    {
        await using var console = await SeededConsole.OpenAsync(1, cancellationToken);
        using var lead = await console.SignedInAsync(Roles.Lead, cancellationToken);

        using var saved = await Door.SubmitAsync(
            lead, "/rules/rule", "/rules/rule",
            [
                new("name", "typed"), new("match", "any"), new("group", "Support"), new("revision", "0"),
                .. Enumerable.Range(0, 50).SelectMany(place => (KeyValuePair<string, string>[])
                    [new("field", "tags"), new("operator", "is"), new("values", $"tag {place}")]),
            ],
            cancellationToken);
        var rules = JsonNode.Parse(await console.Database.AskAsync<string>(Draft) ?? "{}")?["rules"]?.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            Assert.That(rules?[^1]?["when"]?["any"]?.AsArray().Select(test => (string?)test?["is"]?[0]),
                Is.EqualTo(Enumerable.Range(0, 50).Select(place => $"tag {place}")));
        }
    }

    [TestCase("a, b,c", ExpectedResult = "a|b|c")]
    [TestCase("a\r\nb\n\nc", ExpectedResult = "a|b|c")]
    [TestCase("\"Smith, Jones\", b", ExpectedResult = "Smith, Jones|b")]
    [TestCase("\"he said \"\"no\"\"\"", ExpectedResult = "he said \"no\"")]
    [TestCase("\"open, b", ExpectedResult = "\"open|b")]
    [TestCase("\"a\"b, c", ExpectedResult = "\"a\"b|c")]
    [TestCase(" , ,", ExpectedResult = "")]
    public string Values_are_told_apart_by_commas_and_lines(string text) => string.Join('|', ValueList.Split(text));

    [Test]
    public void Every_list_reads_back_as_it_was_written()
    {
        string[] values = ["plain", "with, comma", "\"quoted\"", "in \"the\" middle", " edges ", "\"", "\"\"", "a\nb", ",", "billing/*"];

        Assert.That(ValueList.Split(ValueList.Join(values)), Is.EqualTo(values));
    }

    private static IEnumerable<JsonNode> Names(int place) =>
        Enumerable.Range(0, 50).Select(n => (JsonNode)JsonValue.Create(n == 7 ? $"Smith, Jones \"& Co\" {place}" : $"name {place}.{n}"));

    private static Task<HttpResponseMessage> SaveTextAsync(HttpClient lead, JsonObject rule, CancellationToken cancellationToken) =>
        Door.SubmitAsync(
            lead, "/rules/text", "/rules/text",
            [
                new("text", new JsonObject { ["fallbackGroup"] = "Support", ["rules"] = new JsonArray(rule) }.ToJsonString()),
                new("revision", "0"),
            ],
            cancellationToken);
}
