using System.Text.Json;
using System.Text.Json.Serialization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>
/// Reads files by what their programs document, as far as it is used here: a word that is not known, one that is missing, and a value of
/// another kind are errors.
/// </summary>
internal static class Shapes
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>As Compose and Prometheus write their words: <c>depends_on</c>.</summary>
    public static T ReadUnderscored<T>(string text) => Read<T>(text, UnderscoredNamingConvention.Instance);

    /// <summary>As Kubernetes and what belongs to it do: <c>jobLabel</c>.</summary>
    public static T ReadCamelCase<T>(string text) => Read<T>(text, CamelCaseNamingConvention.Instance);

    public static T ReadJson<T>(string text) => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("It is empty.");

    private static T Read<T>(string text, INamingConvention words) =>
        new DeserializerBuilder().WithNamingConvention(words).WithEnforceRequiredMembers().Build()
            .Deserialize<T>(new MergingParser(new Parser(new StringReader(text))));

    /// <summary>https://docs.docker.com/reference/compose-file</summary>
    internal sealed class Compose
    {
        public required string Name { get; init; }

        public required Dictionary<string, ComposeProcess> Services { get; init; }

        public Dictionary<string, string?> Volumes { get; init; } = [];

        public Dictionary<string, ComposeSecret> Secrets { get; init; } = [];

        /// <summary>What services have in common; read where it is referred to.</summary>
        [YamlMember(Alias = "x-service", ApplyNamingConventions = false)]
        public object? SharedByServices { get; init; }
    }

    internal sealed class ComposeProcess
    {
        public ComposeBuild? Build { get; init; }

        public string? Image { get; init; }

        public string? Restart { get; init; }

        public bool Init { get; init; }

        public bool ReadOnly { get; init; }

        public List<string> Tmpfs { get; init; } = [];

        public List<string> CapDrop { get; init; } = [];

        public List<string> SecurityOpt { get; init; } = [];

        public string? StopGracePeriod { get; init; }

        public Dictionary<string, string> Environment { get; init; } = [];

        public List<string> Secrets { get; init; } = [];

        public List<string> Volumes { get; init; } = [];

        public List<string> Command { get; init; } = [];

        public List<string> Ports { get; init; } = [];

        public Dictionary<string, ComposeCondition> DependsOn { get; init; } = [];

        public ComposeDeploy? Deploy { get; init; }

        public ComposeHealthCheck? Healthcheck { get; init; }
    }

    internal sealed class ComposeBuild
    {
        public required string Context { get; init; }

        public string? Dockerfile { get; init; }

        public Dictionary<string, string> Args { get; init; } = [];
    }

    internal sealed class ComposeCondition
    {
        public required string Condition { get; init; }
    }

    internal sealed class ComposeDeploy
    {
        public required int Replicas { get; init; }
    }

    internal sealed class ComposeHealthCheck
    {
        public required List<string> Test { get; init; }

        public required string Interval { get; init; }

        public required string Timeout { get; init; }

        public required int Retries { get; init; }
    }

    internal sealed class ComposeSecret
    {
        public required string File { get; init; }
    }

    /// <summary>https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules</summary>
    internal sealed class PrometheusRules
    {
        public required List<RuleGroup> Groups { get; init; }
    }

    internal sealed class RuleGroup
    {
        public required string Name { get; init; }

        public required List<Rule> Rules { get; init; }
    }

    internal sealed class Rule
    {
        public required string Alert { get; init; }

        public required string Expr { get; init; }

        public string For { get; init; } = "0s";

        public required Dictionary<string, string> Labels { get; init; }

        public required Dictionary<string, string> Annotations { get; init; }
    }

    /// <summary>https://prometheus.io/docs/prometheus/latest/configuration/configuration</summary>
    internal sealed class Prometheus
    {
        public required Intervals Global { get; init; }

        public required List<string> RuleFiles { get; init; }

        public required List<Scrape> ScrapeConfigs { get; init; }
    }

    internal sealed class Intervals
    {
        public required string ScrapeInterval { get; init; }
    }

    internal sealed class Scrape
    {
        public required string JobName { get; init; }

        public required ScrapeKey Authorization { get; init; }

        public required List<Targets> StaticConfigs { get; init; }
    }

    internal sealed class ScrapeKey
    {
        public required string Type { get; init; }

        public required string CredentialsFile { get; init; }
    }

    internal sealed class Targets
    {
        [YamlMember(Alias = "targets")]
        public required List<string> Addresses { get; init; }
    }

    /// <summary>https://prometheus-operator.dev/docs/api-reference/api, PodMonitor.</summary>
    internal sealed class PodMonitor
    {
        public required string ApiVersion { get; init; }

        public required string Kind { get; init; }

        public required Dictionary<string, string> Metadata { get; init; }

        public required PodMonitorSpec Spec { get; init; }
    }

    internal sealed class PodMonitorSpec
    {
        public required string JobLabel { get; init; }

        public required PodSelector Selector { get; init; }

        public required List<PodEndpoint> PodMetricsEndpoints { get; init; }
    }

    internal sealed class PodSelector
    {
        public required List<PodExpression> MatchExpressions { get; init; }
    }

    internal sealed class PodExpression
    {
        public required string Key { get; init; }

        public required string Operator { get; init; }

        public required List<string> Values { get; init; }
    }

    internal sealed class PodEndpoint
    {
        public required string Port { get; init; }

        public required string Path { get; init; }

        public required string Interval { get; init; }

        public required PodKey Authorization { get; init; }
    }

    internal sealed class PodKey
    {
        public required string Type { get; init; }

        public required SecretKey Credentials { get; init; }
    }

    internal sealed class SecretKey
    {
        public required string Name { get; init; }

        public required string Key { get; init; }
    }

    /// <summary>https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/externalmetrics.md</summary>
    internal sealed class AdapterRules
    {
        public required List<AdapterRule> ExternalRules { get; init; }
    }

    internal sealed class AdapterRule
    {
        public required string SeriesQuery { get; init; }

        public required AdapterResources Resources { get; init; }

        public required string MetricsQuery { get; init; }
    }

    internal sealed class AdapterResources
    {
        public required Dictionary<string, Dictionary<string, string>> Overrides { get; init; }
    }

    /// <summary>https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model</summary>
    internal sealed record Dashboard(
        string Title, string Uid, int SchemaVersion, string Refresh, DashboardTime Time, IReadOnlyList<string> Tags, DashboardVariables Templating,
        IReadOnlyList<Panel> Panels);

    internal sealed record DashboardTime(string From, string To);

    internal sealed record DashboardVariables(IReadOnlyList<DashboardVariable> List);

    internal sealed record DashboardVariable(string Name, string Type, string Query);

    internal sealed record Panel(
        int Id, string Title, string Type, string Description, PanelSource Datasource, PanelPlace GridPos, PanelFields FieldConfig,
        IReadOnlyList<PanelQuery> Targets);

    internal sealed record PanelSource(string Type, string Uid);

    internal sealed record PanelPlace(int X, int Y, int W, int H);

    internal sealed record PanelFields(PanelDefaults Defaults, IReadOnlyList<string> Overrides);

    internal sealed record PanelDefaults(string Unit);

    internal sealed record PanelQuery(string RefId, string Expr, string LegendFormat);
}
