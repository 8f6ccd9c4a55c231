using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using TicketTriage.Testing;
using YamlDotNet.Core;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>
/// What is shipped for Compose, Kubernetes, Prometheus and Grafana has no word that they don't know: they pass over some, and refuse others
/// on the operator's machine. Each check is tried with a slip of the pen too.
/// </summary>
internal sealed partial class What_the_operators_files_say
{
    private static readonly string[] Conditions = ["service_started", "service_healthy", "service_completed_successfully"];

    [TestCaseSource(nameof(KubernetesFiles))]
    public void Kubernetes_knows_each_word(string file) => Assert.That(ReadKubernetes(Read(file)), Is.Not.Empty);

    [TestCase("kubernetes/web.yaml", "replicas:", "replica:")]
    [TestCase("kubernetes/web.yaml", "containerPort: 8080", "containerPort: many")]
    [TestCase("kubernetes/web.yaml", "httpGet: {path:", "httpGet: {pfad:")]
    [TestCase("kubernetes/worker.yaml", "kind: HorizontalPodAutoscaler", "kind: HorizontalAutoscaler")]
    [TestCase("kubernetes/migrate.yaml", "backoffLimit:", "retries:")]
    [TestCase("kubernetes/network-policy.yaml", "podSelector:", "pods:")]
    public void A_slip_in_what_is_for_kubernetes_is_found(string file, string word, string slip) =>
        Assert.That(() => ReadKubernetes(Slip(file, word, slip)), Throws.InstanceOf<YamlException>().Or.InstanceOf<KeyNotFoundException>());

    [Test]
    public void Compose_knows_each_word_and_all_that_services_name_is_there()
    {
        var compose = Shapes.ReadUnderscored<Shapes.Compose>(Read("compose.yaml"));

        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, service) in compose.Services)
            {
                Assert.That(service.Image ?? service.Build?.Context, Is.Not.Null, name);
                Assert.That(service.DependsOn.Keys, Is.SubsetOf(compose.Services.Keys), name);
                Assert.That(service.DependsOn.Values.Select(on => on.Condition), Is.SubsetOf(Conditions), name);
                Assert.That(service.Secrets, Is.SubsetOf(compose.Secrets.Keys), name);
                Assert.That(
                    service.Volumes.Select(volume => volume.Split(':')[0]).Where(source => source[0] != '.'), Is.SubsetOf(compose.Volumes.Keys), name);
                Assert.That(
                    new[] { service.StopGracePeriod, service.Healthcheck?.Interval, service.Healthcheck?.Timeout }.OfType<string>(),
                    Has.All.Match(Duration()), name);
            }
        }
    }

    [TestCase("depends_on:", "depends:")]
    [TestCase("replicas: 2", "replicas: two")]
    [TestCase("read_only: true", "readonly: true")]
    [TestCase("test: [CMD", "tests: [CMD")]
    public void A_slip_in_what_is_for_compose_is_found(string word, string slip) =>
        Assert.That(() => Shapes.ReadUnderscored<Shapes.Compose>(Slip("compose.yaml", word, slip)), Throws.InstanceOf<YamlException>());

    [Test]
    public void Prometheus_knows_each_word_and_its_times()
    {
        var rules = Shapes.ReadUnderscored<Shapes.PrometheusRules>(Read("observability/alerts.yaml")).Groups.SelectMany(group => group.Rules).ToList();
        var scrapes = Shapes.ReadUnderscored<Shapes.Prometheus>(Read("observability/prometheus.yaml"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules, Is.Not.Empty);
            Assert.That(rules.Select(rule => rule.For), Has.All.Match(Duration()));
            Assert.That(rules.SelectMany(rule => rule.Labels.Keys).Distinct(), Is.EqualTo(["severity"]));
            Assert.That(rules.Select(rule => rule.Annotations.Keys.Order(StringComparer.Ordinal)), Has.All.EqualTo((string[])["runbook", "summary"]));
            Assert.That(rules.Select(rule => rule.Expr.Count(sign => sign == '(') - rule.Expr.Count(sign => sign == ')')), Has.All.Zero);
            Assert.That(scrapes.Global.ScrapeInterval, Does.Match(Duration()));
            Assert.That(scrapes.RuleFiles, Has.All.Matches<string>(file => File.Exists(PathOf($"observability/{file}"))));
        }
    }

    [TestCase("expr:", "expression:")]
    [TestCase("annotations:", "annotation:")]
    [TestCase("- alert:", "- alarm:")]
    public void A_slip_in_a_rule_is_found(string word, string slip) => Assert.That(
        () => Shapes.ReadUnderscored<Shapes.PrometheusRules>(Slip("observability/alerts.yaml", word, slip)), Throws.InstanceOf<YamlException>());

    [Test]
    public void What_stands_between_prometheus_and_a_cluster_is_written_in_their_words()
    {
        var monitor = Shapes.ReadCamelCase<Shapes.PodMonitor>(Read("observability/pod-monitor.yaml"));
        var adapter = Shapes.ReadCamelCase<Shapes.AdapterRules>(Read("observability/prometheus-adapter.yaml"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((monitor.ApiVersion, monitor.Kind), Is.EqualTo(("monitoring.coreos.com/v1", "PodMonitor")));
            Assert.That(monitor.Spec.PodMetricsEndpoints.Select(endpoint => endpoint.Interval), Has.All.Match(Duration()));
            Assert.That(adapter.ExternalRules.SelectMany(rule => rule.Resources.Overrides.Values.SelectMany(one => one.Keys)), Has.All.EqualTo("resource"));
        }
    }

    [TestCase("observability/pod-monitor.yaml", "podMetricsEndpoints:", "podEndpoints:")]
    [TestCase("observability/prometheus-adapter.yaml", "metricsQuery:", "query:")]
    public void A_slip_in_these_is_found(string file, string word, string slip) => Assert.That(
        () => file.EndsWith("pod-monitor.yaml", StringComparison.Ordinal)
            ? (object)Shapes.ReadCamelCase<Shapes.PodMonitor>(Slip(file, word, slip))
            : Shapes.ReadCamelCase<Shapes.AdapterRules>(Slip(file, word, slip)),
        Throws.InstanceOf<YamlException>());

    [Test]
    public void Grafana_knows_each_word_and_no_panel_lies_on_another()
    {
        var dashboard = Shapes.ReadJson<Shapes.Dashboard>(Read("observability/dashboard.json"));

        var places = dashboard.Panels.Select(panel => panel.GridPos).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dashboard.Panels.Select(panel => panel.Id), Is.Unique);
            Assert.That(dashboard.Panels.Select(panel => panel.Type), Has.All.EqualTo("timeseries"));
            Assert.That(dashboard.Panels.Select(panel => panel.Targets.Count), Has.All.Positive);
            Assert.That(places.Select(place => place.X + place.W), Has.All.LessThanOrEqualTo(24));
            Assert.That(places.SelectMany((one, at) => places.Skip(at + 1).Where(other => Overlap(one, other))), Is.Empty);
        }
    }

    [TestCase("\"gridPos\"", "\"grid\"")]
    [TestCase("\"expr\"", "\"expression\"")]
    [TestCase("\"schemaVersion\": 39", "\"schemaVersion\": \"39\"")]
    public void A_slip_in_the_dashboard_is_found(string word, string slip) => Assert.That(
        () => Shapes.ReadJson<Shapes.Dashboard>(Slip("observability/dashboard.json", word, slip)), Throws.InstanceOf<JsonException>());

    private static IEnumerable<string> KubernetesFiles() =>
        Directory.EnumerateFiles(PathOf("kubernetes"), "*.yaml", SearchOption.AllDirectories)
            // Those are read by kustomize alone, which a test beside asks.
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Select(file => Path.GetRelativePath(PathOf(""), file)).Order(StringComparer.Ordinal);

    private static List<object> ReadKubernetes(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);

    private static bool Overlap(Shapes.PanelPlace one, Shapes.PanelPlace other) =>
        one.X < other.X + other.W && other.X < one.X + one.W && one.Y < other.Y + other.H && other.Y < one.Y + one.H;

    private static string Slip(string file, string word, string slip)
    {
        var text = Read(file);
        Assert.That(text, Does.Contain(word), "else nothing is tried");
        return text.Replace(word, slip, StringComparison.Ordinal);
    }

    private static string Read(string file) => File.ReadAllText(PathOf(file));

    private static string PathOf(string file) => Path.Combine(Repository.Root, "deploy", file);

    [GeneratedRegex("^[0-9]+(?:ms|s|m|h)$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Duration();
}
