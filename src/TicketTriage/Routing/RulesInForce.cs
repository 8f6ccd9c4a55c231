using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing;

/// <summary>
/// The routing rules that decide now: what a lead has published last; else those of the file that the configuration names, else those of
/// the configuration itself. A file is read again as it changes; one with a fault is refused, and the last good version stays in force,
/// over a restart too. One that is refused for a name that the helpdesk doesn't have comes into force once it does.
/// </summary>
public sealed partial class RulesInForce : IPublishedPolicy
{
    private readonly RoutingOptions options;
    private readonly PolicyBook book;
    private readonly TaxonomyInForce taxonomy;
    private readonly TimeProvider clock;
    private readonly ILogger<RulesInForce> logger;
    private string toldOfRefusal = "";
    private volatile bool isPublished;
    private volatile KnownNames atHelpdesks = new();

    public RulesInForce(
        IOptions<RoutingOptions> options,
        PolicyBook book,
        TaxonomyInForce taxonomy,
        TimeProvider clock,
        ILogger<RulesInForce> logger)
    {
        this.options = options.Value;
        this.book = book;
        this.taxonomy = taxonomy;
        this.clock = clock;
        this.logger = logger;
        Current = RulesAtWork.Of(RuleFile.Of(RoutingPolicy.From(options.Value)));
    }

    /// <summary>To be asked once for each decision: it may be another at the next look.</summary>
    public RulesAtWork Current { get; private set; }

    public string Kind => RuleFile.Kind;

    /// <summary>Where they come from, for people: published, a file's path, or the configuration.</summary>
    public string Origin => isPublished ? "published" : options.RulesFile is { Length: > 0 } path ? path : "configuration";

    /// <summary>What the taxonomy in force has, with groups, skills and agents as the helpdesks told of them last.</summary>
    public KnownNames Names => atHelpdesks with
    {
        Intents = [.. taxonomy.Current.Content.Intents.Select(intent => intent.Name)],
        Products = [.. taxonomy.Current.Content.Products.Select(product => product.Name)],
    };

    /// <summary>From now on neither file nor configuration counts. What the taxonomy has lost since is no fault here.</summary>
    public void Take(PolicyPublication publication)
    {
        var document = RuleFile.Get(System.Text.Encoding.UTF8.GetBytes(publication.Json), new KnownNames(), Today);
        isPublished = true;
        Current = RulesAtWork.Of(document with { Version = publication.Version });
    }

    /// <summary>
    /// Puts the rules in force with which the service begins, and keeps their text. What a lead has published stays in force, whatever is
    /// wrong with the file.
    /// </summary>
    /// <param name="askNames">What the helpdesks have beside the taxonomy; asked where there is a file.</param>
    /// <exception cref="PolicyFaultyException">The file has faults, and no earlier version of it was ever good.</exception>
    /// <exception cref="InvalidOperationException">The file can't be read.</exception>
    public async Task BeginAsync(Func<CancellationToken, Task<KnownNames>> askNames, CancellationToken cancellationToken)
    {
        if (isPublished)
        {
            return;
        }

        if (options.RulesFile is not { Length: > 0 } path)
        {
            await KeepAsync(Current.Document, "configuration", "The rules as configured.", cancellationToken);
            return;
        }

        var json = await ReadAsync(path, cancellationToken);
        atHelpdesks = await askNames(cancellationToken);
        var read = RuleFile.Read(json, Names, Today);
        if (read.Document is { } document)
        {
            await PutInForceAsync(document, path, cancellationToken);
            return;
        }

        var faults = TextOf(read);
        if (await book.FindLatestAsync(RuleFile.Kind, path, cancellationToken) is not var (version, earlier))
        {
            throw new PolicyFaultyException(RuleFile.Kind, faults);
        }

        if (version != PolicyDocuments.VersionOf(json))
        {
            TellOfRefusal(path, version, faults);
        }

        // Else it was good, and what it names has gone since: that is told of by who looks for it.
        var last = RuleFile.Get(System.Text.Encoding.UTF8.GetBytes(earlier), new KnownNames(), Today);
        Current = RulesAtWork.Of(last with { Version = version });
    }

    /// <summary>Looks whether the file has changed, or a refused one names nothing unknown any more.</summary>
    /// <param name="askNames">What the helpdesks have beside the taxonomy: groups, agents, skills.</param>
    /// <returns>True where other rules are in force now.</returns>
    public async Task<bool> RefreshAsync(Func<CancellationToken, Task<KnownNames>> askNames, CancellationToken cancellationToken)
    {
        atHelpdesks = await askNames(cancellationToken);
        if (isPublished || options.RulesFile is not { Length: > 0 } path)
        {
            return false;
        }

        var json = await ReadAsync(path, cancellationToken);
        if (PolicyDocuments.VersionOf(json) == Current.Document.Version)
        {
            return false;
        }

        var read = RuleFile.Read(json, Names, Today);
        if (read.Document is not { } document)
        {
            TellOfRefusal(path, Current.Document.Version, TextOf(read));
            return false;
        }

        await PutInForceAsync(document, path, cancellationToken);
        return true;
    }

    /// <summary>
    /// Looks whether the rules in force name a group, an agent or a skill that the helpdesks don't have, as these told last. They stay in
    /// force: what such a rule takes goes to any agent who may have it, and from no group to the fallback group.
    /// </summary>
    /// <returns>Each with its line, in one sentence.</returns>
    public IReadOnlyList<string> FindGone() =>
    [
        .. RuleLint.Find(Current.Document.Content, atHelpdesks, Today).Where(fault => !fault.IsWarning).Select(fault => fault.ToString()),
    ];

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Routing:RulesFile names {path}, which can't be read: {e.Message}", e);
        }
    }

    private static string[] TextOf(RuleFile file) => [.. file.Faults.Where(fault => !fault.IsWarning).Select(fault => fault.ToString())];

    /// <summary>Said once for the same faults: the file is looked at every half minute.</summary>
    private void TellOfRefusal(string path, string versionInForce, IEnumerable<string> faults)
    {
        var told = string.Join(' ', faults);
        if (told != toldOfRefusal)
        {
            toldOfRefusal = told;
            Refused(path, versionInForce, told);
        }
    }

    private async Task PutInForceAsync(PolicyDocument<RoutingPolicy> document, string path, CancellationToken cancellationToken)
    {
        await KeepAsync(document, path, "Read from the file.", cancellationToken);
        toldOfRefusal = "";
        Current = RulesAtWork.Of(document);
        InForce(path, document.Version, document.Content.Rules.Count);
    }

    private Task KeepAsync(PolicyDocument<RoutingPolicy> document, string author, string note, CancellationToken cancellationToken) =>
        book.KeepAsync(document.Kind, document.Version, document.Json, author, note, cancellationToken);

    [LoggerMessage(LogLevel.Information, "The routing rules of {Path} are in force, version {Version} with {Count} rules.")]
    private partial void InForce(string path, string version, int count);

    [LoggerMessage(LogLevel.Error, "The routing rules of {Path} are refused, and version {Version} stays in force. {Faults}")]
    private partial void Refused(string path, string version, string faults);
}

/// <summary>A version of the rules, ready to be asked.</summary>
public sealed record RulesAtWork(PolicyDocument<RoutingPolicy> Document, CompiledRules Compiled)
{
    public static RulesAtWork Of(PolicyDocument<RoutingPolicy> document) => new(document, CompiledRules.Compile(document.Content));
}
