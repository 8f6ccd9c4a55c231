using System.CommandLine;
using System.Text;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Host.Commands;

/// <summary><c>rules</c>: looks a rule file through, and turns rules into JSON or YAML, those of a file or those in force.</summary>
internal static class RulesCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var data = new Option<FileInfo>("--rules", "--data") { Description = "A rule file (.json, .yaml); without it the rules in force." };
        data.AcceptExistingOnly();
        var to = new Option<FileInfo>("--to")
        {
            Description = "Writes them to this file, as JSON or YAML by its ending; without it they are only looked through.",
        };
        var command = new Command("rules", "Looks routing rules through, and writes them as JSON, which the service reads, or as YAML.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Options.Add(data);
        command.Options.Add(to);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var builder = WebApplication.CreateBuilder(Settings.From(parsed));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            // A file is looked through anywhere; the rules in force are those of the service's database.
            await using var house = parsed.GetValue(data) is null
                ? await House.OpenWhatIsThereAsync(builder, Role.Worker, cancellationToken)
                : await House.OpenAsync(builder, Role.Worker, cancellationToken);
            var rules = house.Services.GetRequiredService<RulesInForce>();
            PolicyDocument<RoutingPolicy> document;
            string origin;
            if (parsed.GetValue(data) is { } given)
            {
                // The rules in force may be the faulty ones that this file is to replace: nothing but names is taken.
                await house.Services.GetRequiredService<PublicationWatch>().LookAsync(cancellationToken);
                var taxonomy = house.Services.GetRequiredService<TaxonomyInForce>().Current.Content;
                var names = await house.Services.GetRequiredService<NamesAtHelpdesks>().AskAsync(cancellationToken);
                var today = DateOnly.FromDateTime(house.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
                var read = await ReadAsync(given, KnownNamesOf(taxonomy, names), today, cancellationToken);
                foreach (var fault in read.Faults)
                {
                    await Console.Error.WriteLineAsync(fault.ToString());
                }

                if (read.Document is not { } good)
                {
                    return Failed;
                }

                (document, origin) = (good, given.Name);
            }
            else
            {
                await house.TakePoliciesAsync(cancellationToken);
                (document, origin) = (rules.Current.Document, rules.Origin);
            }

            if (parsed.GetValue(to) is { } output)
            {
                var json = Encoding.UTF8.GetString(RuleWriter.Write(document.Content));
                var text = YamlRules.IsYaml(output.Name) ? YamlRules.FromJson(json) : json;
                await File.WriteAllTextAsync(output.FullName, text, cancellationToken);
            }

            await Console.Out.WriteLineAsync($"{document.Content.Rules.Count} rules, version {document.Version} ({origin}).");
            return 0;
        });
        return command;
    }

    /// <summary>Reads a rule file of either form; the lines of its faults are the file's own.</summary>
    /// <exception cref="FormatException">It is no YAML.</exception>
    public static async Task<RuleFile> ReadAsync(FileInfo file, KnownNames known, DateOnly today, CancellationToken cancellationToken) =>
        RuleFile.Read(
            YamlRules.IsYaml(file.Name)
                ? YamlRules.ToJson(await File.ReadAllTextAsync(file.FullName, cancellationToken))
                : await File.ReadAllBytesAsync(file.FullName, cancellationToken),
            known,
            today);

    /// <param name="atHelpdesks">
    /// Groups, agents and skills; <see langword="null"/> where rules are tried that may name what is yet to come.
    /// </param>
    public static KnownNames KnownNamesOf(Taxonomy taxonomy, KnownNames? atHelpdesks = null) => (atHelpdesks ?? new KnownNames()) with
    {
        Intents = [.. taxonomy.Intents.Select(intent => intent.Name)],
        Products = [.. taxonomy.Products.Select(product => product.Name)],
    };
}
