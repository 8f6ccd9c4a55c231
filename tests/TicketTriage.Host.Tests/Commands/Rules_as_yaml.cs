using System.Text;
using TicketTriage.Host.Commands;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Tests.Commands;

public sealed class Rules_as_yaml
{
    private const string Yaml =
        """
        # Agreed with Anna in March.
        fallbackGroup: Support
        minConfidence: 0.6
        rules:
          - name: refunds of gold customers
            from: 2026-03-01
            when:
              all:
                - { field: intent, is: [billing/refund] }
                - any:
                    - field: segment
                      is: gold
                    - field: businessHours
                      is: false
                - none: [ { field: "tags", is: "true" } ]
            then:
              group: "Billing: gold"
              requireSkills: { refunds: 3 }
              hold: true
        """;

    [Test]
    public void They_say_the_same_as_json_and_come_back_the_same()
    {
        var policy = Read(Yaml).Document?.Content ?? throw new AssertionException("It was refused.");
        var json = Encoding.UTF8.GetString(RuleWriter.Write(policy));

        var again = Encoding.UTF8.GetString(YamlRules.ToJson(YamlRules.FromJson(json)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.MinConfidence, Is.EqualTo(0.6));
            Assert.That(policy.Rules[0].Then.Group, Is.EqualTo("Billing: gold"));
            Assert.That(policy.Rules[0].Then.RequiredSkills, Is.EqualTo([new SkillNeed("refunds", 3)]));
            Assert.That(policy.Rules[0].From, Is.EqualTo(new DateOnly(2026, 3, 1)));
            Assert.That(
                Encoding.UTF8.GetString(RuleWriter.Write(ReadJson(again))), Is.EqualTo(json), "a tag of the name true is no truth, and the day no number");
        }
    }

    [Test]
    public void A_fault_is_shown_in_the_line_of_the_yaml()
    {
        var file = Read(Yaml.Replace("field: segment", "field: mood", StringComparison.Ordinal));

        Assert.That(file.Faults.Select(fault => fault.ToString()), Has.Some.StartsWith("Line 11: There is no field mood"));
    }

    [TestCase("fallbackGroup: [Support", "Line 2: While parsing a flow sequence")]
    [TestCase("fallbackGroup: [Support\nrules: []", "Line ")]
    [TestCase("fallbackGroup: &a Support\nrules: *a", "Line 2: aliases are not taken")]
    [TestCase("fallbackGroup: Support\n---\nrules: []", "Line 2: a rule file is one document")]
    public void What_is_no_rule_file_is_refused_with_its_line(string yaml, string fault) =>
        Assert.That(() => YamlRules.ToJson(yaml), Throws.TypeOf<FormatException>().With.Message.StartsWith(fault));

    private static RuleFile Read(string yaml) => RuleFile.Read(YamlRules.ToJson(yaml), new KnownNames(), new DateOnly(2026, 11, 22));

    private static RoutingPolicy ReadJson(string json) =>
        RuleFile.Get(Encoding.UTF8.GetBytes(json), new KnownNames(), new DateOnly(2026, 11, 22)).Content;
}
