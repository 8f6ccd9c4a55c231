using System.Text.RegularExpressions;
using TicketTriage.Host.Access;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Metrics;

/// <summary>What is shipped for Prometheus and Grafana asks for what the service really shows.</summary>
[CancelAfter(120_000)]
internal sealed partial class Rules_and_dashboards_of_the_operator
{
    /// <summary>Shown once it has happened: no call has to wait while one ticket is triaged.</summary>
    private static readonly string[] Rare = ["tickettriage_helpdesk_wait_seconds_sum"];

    [TestCase("deploy/observability/alerts.yaml", 8)]
    [TestCase("deploy/observability/dashboard.json", 8)]
    [TestCase("deploy/observability/prometheus-adapter.yaml", 0)]
    public async Task Name_only_what_is_measured(string file, int least, CancellationToken cancellationToken)
    {
        var wanted = Names().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, file), cancellationToken))
            .Select(match => match.Value).ToHashSet();
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp { AsksModel = true });
        triage.Model.Otherwise(_ => "{}");
        await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));

        var shown = Names().Matches(await ops.GetStringAsync("metrics", cancellationToken)).Select(match => match.Value).ToHashSet();

        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*Meter.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wanted, Has.Count.GreaterThan(least));
            Assert.That(wanted.Except(Rare).Where(name => !shown.Contains(name)), Is.Empty);
            Assert.That(Rare.Where(name => !source.Contains($"\"{name[..name.LastIndexOf('_')]}\"", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task Rules_look_for_labels_and_values_that_are_measured(CancellationToken cancellationToken)
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/observability/alerts.yaml"), cancellationToken);
        var wanted = (from choice in Choices().Matches(rules)
                      from value in choice.Groups["values"].Value.Split('|')
                      select (Series: choice.Groups["series"].Value, Label: $"{choice.Groups["label"].Value}=\"{value}\"")).Distinct().ToList();
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp { AsksModel = true });
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));

        var shown = (await ops.GetStringAsync("metrics", cancellationToken)).Split('\n');

        Assert.That(wanted, Has.Count.GreaterThan(3));
        Assert.That(
            wanted.Where(one => !shown.Any(line =>
                line.StartsWith($"{one.Series}{{", StringComparison.Ordinal) && line.Contains(one.Label, StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void No_process_at_all_is_down_as_well() =>
        Assert.That(RuleOf("TicketTriageDown"), Does.Contain("up{job=\"tickettriage\"} == 0").And.Contain("absent(up{job=\"tickettriage\"})"));

    [Test]
    public void A_call_that_the_budget_kept_from_being_made_counts_on_neither_side_of_those_that_fail()
    {
        var rule = RuleOf("TicketTriageModelFails");

        Assert.That((Series().Count(rule), Choices().Count(rule)), Is.EqualTo((2, 2)));
        Assert.That(Choices().Matches(rule).Select(choice => choice.Groups["values"].Value), Has.All.Contains("spent"));
    }

    [Test]
    public void Each_rule_has_its_page()
    {
        var rules = Alerts().Matches(File.ReadAllText(Path.Combine(Repository.Root, "deploy/observability/alerts.yaml")))
            .Select(match => match.Groups["name"].Value).ToList();
        var sections = Sections().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/alerts.md"))).Select(match => match.Groups["name"].Value);

        Assert.That(rules, Is.Not.Empty);
        Assert.That(sections, Is.EquivalentTo(rules));
        Assert.That(
            rules.Where(name => !RuleOf(name).Contains($"runbook: docs/alerts.md#{name.ToLowerInvariant()}\n", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("TicketTriageNoDeliveries")]
    [TestCase("TicketTriageWriteBacksRefused")]
    [TestCase("TicketTriageQuotaUsedUp")]
    [TestCase("TicketTriageHelpdeskWarns")]
    public void A_rule_about_a_helpdesk_looks_at_each_and_says_which(string name)
    {
        var rule = RuleOf(name);

        Assert.That(
            (Sums().Count(rule), SumsByHelpdesk().Count(rule), rule.Contains("{{ $labels.helpdesk }}", StringComparison.Ordinal)),
            Is.EqualTo((0, Series().Count(rule), true)));
    }

    private static string RuleOf(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "deploy/observability/alerts.yaml")).Split("- alert: ")
            .Single(rule => rule.StartsWith($"{name}\n", StringComparison.Ordinal));

    [GeneratedRegex(
        """(?<series>tickettriage_[a-z_]+)\{(?<label>[a-z_]+)(=|!=|=~|!~)"(?<values>[^"]+)"\}""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Choices();

    [GeneratedRegex(@"sum\(", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Sums();

    [GeneratedRegex(@"sum by \(helpdesk\) \(", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex SumsByHelpdesk();

    [GeneratedRegex("tickettriage_[a-z_]+_total", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Series();

    [GeneratedRegex("tickettriage_[a-z_]+[a-z]", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Names();

    [GeneratedRegex("alert: (?<name>\\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Alerts();

    [GeneratedRegex("^## (?<name>\\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Sections();
}
