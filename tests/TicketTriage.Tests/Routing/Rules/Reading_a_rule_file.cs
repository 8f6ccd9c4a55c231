using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Tests.Routing.Rules;

public sealed class Reading_a_rule_file
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private const string Whole =
        """
        {
          "fallbackGroup": "Support",
          "minConfidence": 0.6,
          "rules": [
            {
              "name": "german refunds of good customers",
              "owner": "Anna",
              "note": "Agreed in March.",
              "from": "2026-01-01",
              "until": "2027-01-01",
              "minConfidence": 0.7,
              "when": {
                "all": [
                  { "field": "intent", "is": ["billing/refund", "billing/invoice-wrong"] },
                  { "field": "language", "is": "de" },
                  { "any": [ { "field": "segment", "is": "gold" }, { "field": "priority", "atLeast": "high" } ] },
                  { "none": [ { "field": "tags", "is": "dispute" }, { "field": "fields.region", "is": "ch" } ] },
                  { "field": "businessHours", "is": true },
                  { "field": "confidence", "atMost": 0.99 },
                  { "field": "product", "exists": true }
                ]
              },
              "then": {
                "group": "Billing",
                "agent": "4711",
                "requireSkills": { "refunds": 3 },
                "preferSkills": ["german"],
                "priorityAtLeast": "high",
                "hold": true,
                "tags": ["gold_refund"]
              }
            }
          ]
        }
        """;

    [Test]
    public void The_mark_that_some_editors_put_at_the_beginning_changes_nothing()
    {
        var plain = Encoding.UTF8.GetBytes(Whole);

        var read = RuleFile.Get([.. Encoding.UTF8.Preamble, .. plain], new KnownNames(), Today);

        var without = RuleFile.Get(plain, new KnownNames(), Today);
        Assert.That((read.Version, read.Json), Is.EqualTo((without.Version, without.Json)));
    }

    [Test]
    public void Everything_that_a_rule_can_say_is_read()
    {
        var policy = Read(Whole).Document?.Content;
        var rule = policy?.Rules[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy?.MinConfidence, Is.EqualTo(0.6));
            Assert.That((rule?.Owner, rule?.Note, rule?.Line), Is.EqualTo(("Anna", "Agreed in March.", 5)));
            Assert.That((rule?.From, rule?.Until), Is.EqualTo((new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1))));
            Assert.That(rule?.When.ListTests().Count(), Is.EqualTo(9));
            Assert.That((rule?.Then.Group, rule?.Then.Agent, rule?.Then.IsHeld), Is.EqualTo(("Billing", "4711", true)));
            Assert.That(rule?.Then.RequiredSkills, Is.EqualTo([new SkillNeed("refunds", 3)]));
            Assert.That(rule?.Then.PriorityAtLeast, Is.EqualTo(TicketPriority.High));
        }
    }

    [Test]
    public void What_is_written_reads_back_as_the_same_rules()
    {
        var first = Read(Whole).Document?.Content ?? throw new AssertionException("It was refused.");

        var written = RuleWriter.Write(first);
        var second = RuleFile.Get(written, new KnownNames(), Today).Content;

        Assert.That(Encoding.UTF8.GetString(RuleWriter.Write(second)), Is.EqualTo(Encoding.UTF8.GetString(written)));
        Assert.That(second.Rules[0].When.ListTests().Select(test => (test.Word, test.Operator, test.Number)),
            Is.EqualTo(first.Rules[0].When.ListTests().Select(test => (test.Word, test.Operator, test.Number))));
    }

    [TestCase("""{ "field": "mood", "is": "bad" }""", "Line 3: There is no field mood")]
    [TestCase("""{ "field": "intent", "contains": "bill" }""", "Line 3: There is no operator contains")]
    [TestCase("""{ "field": "intent", "atLeast": 0.5 }""", "Line 3: Intent can't be asked with atLeast")]
    [TestCase("""{ "field": "intent" }""", "Line 3: A condition is all, any or none of others, or a field")]
    [TestCase("""{ "all": [] }""", "Line 3: All is empty")]
    [TestCase("""{ "field": "priority", "is": "high-ish" }""", "Line 3: High-ish is no priority")]
    [TestCase("""{ "field": "intent", "is": "money" }""", "Line 3: Rule “a”: money is no intent")]
    [TestCase("""{ "field": "signals", "is": "haste" }""", "Line 3: Rule “a”: there is no signal haste")]
    [TestCase("""{ "field": "language", "is": "German" }""", "Line 3: Rule “a”: German is no language")]
    public void A_condition_that_makes_no_sense_is_refused_with_its_line(string condition, string fault)
    {
        var file = Read($$"""
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "then": { "group": "Billing" },
                "when": {{condition}} } ] }
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Document, Is.Null);
            Assert.That(file.Faults.Select(found => found.ToString()), Has.One.StartsWith(fault));
        }
    }

    [TestCase("outage")]
    [TestCase("hidden_text")]
    [TestCase("program_attached")]
    [TestCase("picture_attached")]
    public void A_rule_may_ask_for_whatever_is_a_signal_of_a_ticket(string signal)
    {
        var file = Read($$"""
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "then": { "group": "Billing" }, "when": { "field": "signals", "is": "{{signal}}" } } ] }
            """);

        Assert.That(file.Faults, Is.Empty);
        Assert.That(file.Document?.Content.Rules, Has.Count.EqualTo(1));
    }

    [TestCase("""{ "group": "Nowhere" }""", "Line 2: Rule “a” names the group Nowhere, which the helpdesk does not have.")]
    [TestCase("""{ "agent": "deleted" }""", "Line 2: Rule “a” names the agent deleted, who is not on the roster (any more).")]
    [TestCase("""{ "requireSkills": { "latin": 2 } }""", "Line 2: Rule “a” names the skill latin, which nobody on the roster has.")]
    [TestCase("""{ "requireSkills": { "refunds": 9 } }""", "Line 3: The skill refunds needs a level from 1 to 5")]
    [TestCase("""{ }""", "Line 2: Rule “a” does nothing")]
    [TestCase("""{ "email": "x" }""", "Line 3: There is no action email")]
    public void An_action_that_can_not_be_done_is_refused_with_its_line(string action, string fault)
    {
        var known = new KnownNames { Groups = ["Support", "Billing"], Agents = ["4711"], Skills = ["refunds"] };

        var file = Read(
            $$"""
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "when": { "field": "language", "is": "de" },
                "then": {{action}} } ] }
            """,
            known);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Document, Is.Null);
            Assert.That(file.Faults.Select(found => found.ToString()), Has.One.StartsWith(fault));
        }
    }

    [Test]
    public void Rules_that_stand_before_each_other_in_a_circle_are_refused()
    {
        var file = Read(
            """
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "before": ["b"], "when": { "field": "language", "is": "de" }, "then": { "group": "A" } },
              { "name": "b", "before": ["c"], "when": { "field": "language", "is": "en" }, "then": { "group": "B" } },
              { "name": "c", "before": ["a"], "when": { "field": "language", "is": "fr" }, "then": { "group": "C" } } ] }
            """);

        Assert.That(
            file.Faults.Select(found => found.ToString()),
            Is.EqualTo(["Line 2: Rules stand before each other in a circle: a before b before c before a."]));
    }

    [Test]
    public void Two_rules_of_one_name_are_refused()
    {
        var file = Read(
            """
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "when": { "field": "language", "is": "de" }, "then": { "group": "A" } },
              { "name": "a", "when": { "field": "language", "is": "en" }, "then": { "group": "B" } } ] }
            """);

        Assert.That(file.Faults
            .Select(found => found.ToString()), Is.EqualTo(["Line 3: There are 2 rules with the name a; give each its own."]));
    }

    [Test]
    public void What_is_no_json_is_refused_with_its_line()
    {
        var file = Read("{ \"fallbackGroup\": \"Support\",\n  \"rules\": [ { \"name\": } ] }");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(file.Document, Is.Null);
            Assert.That(file.Faults.Select(found => found.Line), Is.EqualTo([2]));
        }
    }

    private static RuleFile Read(string json, KnownNames? known = null) =>
        RuleFile.Read(Encoding.UTF8.GetBytes(json), known ?? new KnownNames(), Today);
}
