using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Routing.Rules;

[CancelAfter(60_000)]
public sealed class Keeping_rules_in_force : IDisposable
{
    private const string Good = """{ "fallbackGroup": "Support", "rules": [ { "name": "a", "when": { "field": "language", "is": "de" }, "then": { "group": "A" } } ] }""";
    private const string Better = """{ "fallbackGroup": "Support", "rules": [ { "name": "b", "when": { "field": "language", "is": "de" }, "then": { "group": "B" } } ] }""";
    private const string Faulty = """{ "fallbackGroup": "Support", "rules": [ { "name": "c", "when": { "field": "mood", "is": "bad" }, "then": { "group": "C" } } ] }""";

    private const string ToBen =
        """
        { "fallbackGroup": "Support", "rules": [
          { "name": "his", "when": { "field": "language", "is": "de" }, "then": { "agent": "Ben" } } ] }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rules-");

    [Test]
    public async Task A_changed_file_comes_into_force_and_a_faulty_one_never_does(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        var rules = Open(database, path);
        await rules.BeginAsync(NamesNobody, cancellationToken);

        await File.WriteAllTextAsync(path, Better, cancellationToken);
        var changed = await rules.RefreshAsync(NamesNobody, cancellationToken);
        await File.WriteAllTextAsync(path, Faulty, cancellationToken);
        var refused = await rules.RefreshAsync(NamesNobody, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((changed, refused), Is.EqualTo((true, false)));
            Assert.That(rules.Current.Document.Content.Rules.Select(rule => rule.Name), Is.EqualTo(["b"]));
        }
    }

    [Test]
    public async Task The_last_good_version_stays_in_force_over_a_restart(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        var before = Open(database, path);
        await before.BeginAsync(NamesNobody, cancellationToken);
        await File.WriteAllTextAsync(path, Faulty, cancellationToken);

        var after = Open(database, path);
        await after.BeginAsync(NamesNobody, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Current.Document.Version, Is.EqualTo(before.Current.Document.Version));
            Assert.That(after.Current.Document.Content.Rules.Select(rule => rule.Name), Is.EqualTo(["a"]));
        }
    }

    [Test]
    public async Task A_first_file_with_a_fault_stops_the_start_with_its_line(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var rules = Open(database, await FileWithAsync(Faulty, cancellationToken));

        Assert.That(
            async () => await rules.BeginAsync(NamesNobody, cancellationToken),
            Throws.TypeOf<PolicyFaultyException>().With.Message.Contains("Line 1: There is no field mood"));
    }

    [Test]
    public async Task A_group_that_the_helpdesk_has_lost_keeps_a_new_file_out(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        var rules = Open(database, path);
        await rules.BeginAsync(NamesNobody, cancellationToken);
        await File.WriteAllTextAsync(path, Better, cancellationToken);

        var changed = await rules.RefreshAsync(Names("Support", "A"), cancellationToken);

        Assert.That((changed, rules.Current.Document.Content.Rules[0].Name), Is.EqualTo((false, "a")));
    }

    [Test]
    public async Task An_agent_who_was_deleted_keeps_a_file_that_names_him_out_with_its_line(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        var rules = Open(database, path);
        await rules.BeginAsync(NamesNobody, cancellationToken);
        await File.WriteAllTextAsync(path, ToBen, cancellationToken);
        var known = new KnownNames { Agents = ["1", "Anna"] };

        var changed = await rules.RefreshAsync(_ => Task.FromResult(known), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((changed, rules.Current.Document.Content.Rules[0].Name), Is.EqualTo((false, "a")));
            Assert.That(
                RuleFile.Read(Encoding.UTF8.GetBytes(ToBen), known, DateOnly.MinValue).Faults.Select(fault => fault.ToString()),
                Is.EqualTo(["Line 2: Rule “his” names the agent Ben, who is not on the roster (any more)."]));
        }
    }

    [Test]
    public async Task An_agent_who_is_deleted_afterwards_is_told_of_with_the_line_and_the_rules_stay(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var rules = Open(database, await FileWithAsync(ToBen, cancellationToken));
        await rules.BeginAsync(NamesNobody, cancellationToken);

        await rules.RefreshAsync(_ => Task.FromResult(new KnownNames { Agents = ["1", "Ben"] }), cancellationToken);
        var before = rules.FindGone();
        await rules.RefreshAsync(_ => Task.FromResult(new KnownNames { Agents = ["2", "Anna"] }), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(rules.FindGone(), Is.EqualTo(["Line 2: Rule “his” names the agent Ben, who is not on the roster (any more)."]));
            Assert.That(rules.Current.Document.Content.Rules[0].Name, Is.EqualTo("his"));
        }
    }

    [Test]
    public async Task A_file_that_was_changed_while_nothing_ran_is_compared_with_the_helpdesks_groups_at_the_start(
        CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        await Open(database, path).BeginAsync(Names("Support", "A"), cancellationToken);
        await File.WriteAllTextAsync(path, Better, cancellationToken);

        var after = Open(database, path);
        await after.BeginAsync(Names("Support", "A"), cancellationToken);

        Assert.That(after.Current.Document.Content.Rules[0].Name, Is.EqualTo("a"));
    }

    [Test]
    public async Task A_first_file_that_names_no_group_of_the_helpdesk_stops_the_start_with_its_line(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var rules = Open(database, await FileWithAsync(Good, cancellationToken));

        Assert.That(
            async () => await rules.BeginAsync(Names("Support"), cancellationToken),
            Throws.TypeOf<PolicyFaultyException>().With.Message.Contains("Line 1: Rule “a” names the group A, which the helpdesk does not have."));
    }

    [Test]
    public async Task A_group_that_goes_away_between_two_starts_keeps_its_rules_in_force_and_is_told_of(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        await Open(database, path).BeginAsync(Names("Support", "A"), cancellationToken);

        var after = Open(database, path);
        await after.BeginAsync(Names("Support"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Current.Document.Content.Rules[0].Name, Is.EqualTo("a"));
            Assert.That(after.FindGone(), Is.EqualTo(["Line 1: Rule “a” names the group A, which the helpdesk does not have."]));
        }
    }

    [Test]
    public async Task A_file_that_was_refused_for_a_missing_group_comes_into_force_once_the_helpdesk_has_it(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var path = await FileWithAsync(Good, cancellationToken);
        var rules = Open(database, path);
        await rules.BeginAsync(Names("Support", "A"), cancellationToken);
        await File.WriteAllTextAsync(path, Better, cancellationToken);

        var tooEarly = await rules.RefreshAsync(Names("Support", "A"), cancellationToken);
        var inTime = await rules.RefreshAsync(Names("Support", "A", "B"), cancellationToken);

        Assert.That((tooEarly, inTime, rules.Current.Document.Content.Rules[0].Name), Is.EqualTo((false, true, "b")));
    }

    [Test]
    public async Task What_the_helpdesk_has_is_known_to_who_looks_rules_through(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var rules = Open(database, await FileWithAsync(Good, cancellationToken));
        await rules.BeginAsync(Names("Support", "A"), cancellationToken);

        var read = RuleFile.Read(Encoding.UTF8.GetBytes(Better), rules.Names, DateOnly.MinValue);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                read.Faults.Select(fault => fault.ToString()),
                Is.EqualTo(["Line 1: Rule “b” names the group B, which the helpdesk does not have."]));
            Assert.That(rules.Names.Intents, Is.Not.Empty, "The taxonomy's names are among them.");
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Task<KnownNames> NamesNobody(CancellationToken cancellationToken) => Task.FromResult(new KnownNames());

    private static Func<CancellationToken, Task<KnownNames>> Names(params string[] groups) =>
        _ => Task.FromResult(new KnownNames { Groups = groups });

    private static RulesInForce Open(TriageDatabase database, string path) => new(
        Options.Create(new RoutingOptions { RulesFile = path }),
        new PolicyBook(database.Pool),
        new TaxonomyInForce(ShippedPolicies.LoadTaxonomy()),
        TimeProvider.System,
        NullLogger<RulesInForce>.Instance);

    private async Task<string> FileWithAsync(string json, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.FullName, "rules.json");
        await File.WriteAllTextAsync(path, json, cancellationToken);
        return path;
    }
}
