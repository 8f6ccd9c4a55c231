using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>What is shipped for Kubernetes and Prometheus fits together.</summary>
internal sealed partial class What_runs_in_a_cluster
{
    /// <summary>For what is under way when a process is asked to stop.</summary>
    private const int SecondsToEnd = 30;

    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    private static readonly IReadOnlyList<JsonNode> Objects =
    [
        .. Directory.EnumerateFiles(Path.Combine(Deploy, "kubernetes"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Yaml.Read),
    ];

    [TestCase("web", true)]
    [TestCase("worker", false)]
    public void A_process_has_time_to_end_what_it_has_in_hand(string name, bool isCalled)
    {
        var pod = Find("Deployment", name).At("spec/template/spec");

        var pause = pod.List("containers/0/lifecycle/preStop/exec/command").Select(word => word.ToString()).ToList();

        Assert.That(pause.Count > 0, Is.EqualTo(isCalled), "who is called goes on answering until proxies know that it ends");
        var seconds = isCalled ? int.Parse(pause[^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        Assert.That(pod.Number("terminationGracePeriodSeconds"), Is.GreaterThan(seconds + SecondsToEnd));
    }

    [Test]
    public void The_web_is_never_without_a_process_while_it_is_rolled_out()
    {
        var web = Find("Deployment", "web");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(web.Number("spec/replicas"), Is.GreaterThan(1));
            Assert.That(web.Number("spec/strategy/rollingUpdate/maxUnavailable"), Is.Zero);
            Assert.That(Find("PodDisruptionBudget", "web").Number("spec/minAvailable"), Is.Positive);
        }
    }

    [Test]
    public void Workers_are_scaled_by_what_the_adapter_serves()
    {
        var metric = Find("HorizontalPodAutoscaler", "worker").At("spec/metrics/0/external");
        var rules = Yaml.Read(Path.Combine(Deploy, "observability", "prometheus-adapter.yaml"))[0].List("externalRules").ToList();

        var served = rules.Single(rule => rule.Text("seriesQuery").StartsWith($"{metric.Text("metric/name")}{{", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(served.Text("metricsQuery"), Does.StartWith("max("), "each process tells the same number");
            Assert.That(served.Text("resources/overrides/namespace/resource"), Is.EqualTo("namespace"));
            Assert.That(metric.Text("target/type"), Is.EqualTo("Value"), "the age of a queue is no sum to be shared among processes");
        }
    }

    [Test]
    public void Prometheus_finds_all_processes_by_the_job_of_the_rules_and_with_a_key()
    {
        var monitor = Yaml.Read(Path.Combine(Deploy, "observability", "pod-monitor.yaml"))[0];
        var scrape = Yaml.Read(Path.Combine(Deploy, "observability", "prometheus.yaml"))[0].At("scrape_configs/0");
        var rules = File.ReadAllText(Path.Combine(Deploy, "observability", "alerts.yaml"));
        var kustomization = Yaml.Read(Path.Combine(Deploy, "kubernetes", "kustomization.yaml"))[0];
        var job = JobOfRules().Match(rules).Groups["job"].Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(job, Is.Not.Empty);
            Assert.That(scrape.Text("job_name"), Is.EqualTo(job));
            Assert.That((kustomization.At("labels/0/pairs") as JsonObject)?[monitor.Text("spec/jobLabel")]?.ToString(), Is.EqualTo(job));
            Assert.That(kustomization.Text("labels/0/includeTemplates"), Is.EqualTo("true"));
            Assert.That(scrape.Text("authorization/type"), Is.EqualTo("Bearer"));
            Assert.That(monitor.Text("spec/podMetricsEndpoints/0/authorization/type"), Is.EqualTo("Bearer"));
            Assert.That(monitor.Text("spec/podMetricsEndpoints/0/path"), Is.EqualTo("/metrics"));
            foreach (var name in (string[])["web", "worker"])
            {
                Assert.That(Selects(monitor.At("spec/selector"), name), Is.True, name);
                Assert.That(PortsOf(name).Keys, Does.Contain(monitor.Text("spec/podMetricsEndpoints/0/port")), name);
            }
        }
    }

    [Test]
    public void Nothing_comes_in_but_the_proxy_to_the_web_and_prometheus()
    {
        var policies = Objects.Where(one => one.Text("kind") == "NetworkPolicy").ToList();
        var closed = policies.Single(policy => policy.At("spec/podSelector") is JsonObject { Count: 0 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(closed.List("spec/policyTypes").Select(type => type.ToString()), Is.EquivalentTo((string[])["Ingress", "Egress"]));
            Assert.That(closed.List("spec/ingress"), Is.Empty);
            Assert.That(
                closed.List("spec/egress").SelectMany(way => way.List("ports")).Select(port => port.Number("port")).Distinct(),
                Is.SupersetOf((int[])[53, 443, 5432, 587, 4317]));
            Assert.That(NamespacesLetInto(policies, "web"), Is.EquivalentTo((string[])["traefik", "monitoring"]));
            Assert.That(NamespacesLetInto(policies, "worker"), Is.EqualTo((string[])["monitoring"]));
        }
    }

    [Test]
    public void A_version_is_checked_before_it_changes_tables()
    {
        var pod = Find("Job", "migrate").At("spec/template/spec");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pod.Text("initContainers/0/args/0"), Is.EqualTo("check"));
            Assert.That(pod.Text("containers/0/args/0"), Is.EqualTo("migrate"));
            Assert.That(pod.At("initContainers/0/volumeMounts")?.ToJsonString(), Is.EqualTo(pod.At("containers/0/volumeMounts")?.ToJsonString()));
        }
    }

    [Test]
    public void Where_the_audit_ends_is_written_down_each_day_where_no_pod_takes_it_along_and_checked()
    {
        var audit = Find("CronJob", "audit");
        var pod = audit.At("spec/jobTemplate/spec/template/spec");
        var claimed = pod.List("volumes").Single(volume => volume.At("persistentVolumeClaim") is not null);
        var image = File.ReadAllText(Path.Combine(Deploy, "Dockerfile"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(audit.Text("spec/schedule"), Does.EndWith("* * *"));
            Assert.That(audit.Text("spec/concurrencyPolicy"), Is.EqualTo("Forbid"), "the claim is for one pod at a time");
            Assert.That(Find("PersistentVolumeClaim", claimed.Text("persistentVolumeClaim/claimName")).List("spec/accessModes"), Is.Not.Empty);
            Assert.That(image, Does.Contain("ENV DataDirectory=/data "));
            Assert.That(WordsOf("initContainers"), Is.EqualTo((string[])["audit", "export"]), "first: a fault that stays keeps no head from being written");
            Assert.That(WordsOf("containers"), Is.EqualTo((string[])["audit", "verify"]));
            foreach (var containers in (string[])["initContainers", "containers"])
            {
                var mounts = pod.List($"{containers}/0/volumeMounts").ToDictionary(mount => mount.Text("mountPath"), mount => mount.Text("name"));
                Assert.That(mounts["/data/audit-heads"], Is.EqualTo(claimed.Text("name")), containers);
            }
        }

        IEnumerable<string> WordsOf(string containers) => pod.List($"{containers}/0/args").Select(word => word.ToString());
    }

    [TestCase("Complete", ExpectedResult = "0: delete job, apply what is no process, get job, apply all, rollout web, rollout worker")]
    [TestCase("Failed", ExpectedResult = "1: delete job, apply what is no process, get job, logs")]
    public async Task<string> Processes_are_replaced_only_once_the_tables_are_made(string end)
    {
        using var folder = new TemporaryFolder();
        await folder.AddProgramAsync(
            "kubectl",
            $$"""
            case "$*" in
              kustomize*) echo "kind: List"; exit ;;
              *"get job"*) echo "get job" >> "$CALLS"; echo "{{end}}" ;;
              *"delete job"*) echo "delete job" >> "$CALLS" ;;
              *"apply"*"notin (web, worker)"*) cat > /dev/null; echo "apply what is no process" >> "$CALLS" ;;
              *"apply"*) cat > /dev/null; echo "apply all" >> "$CALLS" ;;
              *"rollout status deployment/"*) for last; do :; done; echo "rollout ${last##*/}" >> "$CALLS" ;;
              *"logs"*) echo "logs" >> "$CALLS" ;;
              *) echo "unplanned: $*" >> "$CALLS" ;;
            esac
            """);

        var run = await Script.RunAsync(
            Path.Combine(Deploy, "kubernetes", "roll-out.sh"), new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["CALLS"] = Path.Combine(folder.Path, "calls"),
            });

        return $"{run.ExitCode}: {string.Join(", ", await File.ReadAllLinesAsync(Path.Combine(folder.Path, "calls")))}";
    }

    private static JsonNode Find(string kind, string name) =>
        Objects.Single(one => one.Text("kind") == kind && one.Text("metadata/name") == name);

    private static Dictionary<string, int> PortsOf(string deployment) =>
        Find("Deployment", deployment).List("spec/template/spec/containers/0/ports")
            .ToDictionary(port => port.Text("name"), port => port.Number("containerPort"));

    private static List<string> NamespacesLetInto(IEnumerable<JsonNode> policies, string deployment) =>
    [
        .. from policy in policies
           where Selects(policy.At("spec/podSelector"), deployment)
           from way in policy.List("spec/ingress")
           where way.List("ports").Any(port => PortsOf(deployment).ContainsValue(port.Number("port")))
           from source in way.List("from")
           select (source.At("namespaceSelector/matchLabels") as JsonObject)?["kubernetes.io/metadata.name"]?.ToString() ?? "anybody",
    ];

    /// <summary>By the label of the part, which is all that is selected by here.</summary>
    private static bool Selects(JsonNode? selector, string deployment)
    {
        const string Label = "app.kubernetes.io/component";
        var labels = Find("Deployment", deployment).At("spec/template/metadata/labels") as JsonObject;
        var own = labels?[Label]?.ToString() ?? "";
        var equal = (selector.At("matchLabels") as JsonObject)?[Label]?.ToString();
        return (equal is null || equal == own)
            && selector.List("matchExpressions").All(one => one.List("values").Any(value => value.ToString() == own));
    }

    [GeneratedRegex("up\\{job=\"(?<job>[^\"]+)\"\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex JobOfRules();
}
