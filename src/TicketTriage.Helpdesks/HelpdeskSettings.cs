using System.Globalization;
using Microsoft.Extensions.Configuration;
using TicketTriage.Helpdesks.Freshdesk;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Helpdesks.Zendesk;

namespace TicketTriage.Helpdesks;

/// <summary>The keys of one helpdesk, read as far as they can be.</summary>
/// <param name="faults">Gets a sentence for each key that is missing or wrong.</param>
internal sealed class HelpdeskSettings(IConfigurationSection section, List<string> faults)
{
    /// <summary>Freshdesk's API answers nowhere else, also where the portal has an address of the customer's own.</summary>
    private const string FreshdeskDomain = ".freshdesk.com";

    private static readonly string[] Keys = [.. typeof(HelpdeskOptions).GetProperties().Select(property => property.Name)];

    public HelpdeskOptions Read()
    {
        RefuseUnknownKeys();

        var options = new HelpdeskOptions
        {
            Kind = Kind(),
            BaseUrl = Address(),
            ClientId = Text(nameof(HelpdeskOptions.ClientId)),
            ClientSecret = Text(nameof(HelpdeskOptions.ClientSecret)),
            Email = Text(nameof(HelpdeskOptions.Email)),
            ApiToken = Text(nameof(HelpdeskOptions.ApiToken)),
            WebhookSecret = Secret(nameof(HelpdeskOptions.WebhookSecret)),
            PreviousWebhookSecret = Secret(nameof(HelpdeskOptions.PreviousWebhookSecret)),
        };
        options = options with
        {
            WebhookFreshness = Span(
                nameof(HelpdeskOptions.WebhookFreshness), options.WebhookFreshness, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)),
            HelpCenterJsonSuffix = Truth(nameof(HelpdeskOptions.HelpCenterJsonSuffix), options.HelpCenterJsonSuffix),
            Timeout = Span(nameof(HelpdeskOptions.Timeout), options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),
            MostCallsPerMinute = CallsPerMinute(nameof(HelpdeskOptions.MostCallsPerMinute)),
            MostUpdatesPerMinute = CallsPerMinute(nameof(HelpdeskOptions.MostUpdatesPerMinute)),
        };

        Check(options);
        return options;
    }

    private void Check(HelpdeskOptions options)
    {
        if (options.WebhookSecret is null)
        {
            Fault(nameof(HelpdeskOptions.WebhookSecret), options.Kind == HelpdeskKind.Freshdesk
                ? $"expected the secret that the automation rules send in the header {FreshdeskWebhookReader.Header}, found nothing"
                : "expected the signing secret of the webhook, found nothing");
        }

        if (options.Kind == HelpdeskKind.Freshdesk)
        {
            CheckFreshdesk(options);
        }
        else
        {
            CheckCredentials(options);
        }
    }

    private void RefuseUnknownKeys()
    {
        foreach (var child in section.GetChildren().Where(child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Fault(child.Key, $"no such key; the nearest is {Nearest(child.Key)}");
        }
    }

    private HelpdeskKind Kind()
    {
        var text = Text(nameof(HelpdeskOptions.Kind));
        foreach (var kind in (HelpdeskKind[])[HelpdeskKind.Zendesk, HelpdeskKind.Freshdesk])
        {
            if (string.Equals(text, kind.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        Fault(nameof(HelpdeskOptions.Kind), $"expected Zendesk or Freshdesk, {Found(text)}");
        return HelpdeskKind.Unnamed;
    }

    private Uri? Address()
    {
        var text = Text(nameof(HelpdeskOptions.BaseUrl));
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsWeb(address))
        {
            Fault(nameof(HelpdeskOptions.BaseUrl), $"expected an address such as https://acme.zendesk.com, {Found(text)}");
            return null;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            Fault(nameof(HelpdeskOptions.BaseUrl), $"expected https, since credentials travel there, {Found(text)}");
            return null;
        }

        // Not echoed: a password may stand in it.
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            || (address.AbsolutePath != "/" && !address.IsLoopback))
        {
            Fault(nameof(HelpdeskOptions.BaseUrl), $"expected nothing before or behind the host: {address.Scheme}://{address.Authority}");
            return null;
        }

        return address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;

    private string? Secret(string key)
    {
        var secret = Text(key);
        if (secret == ZendeskSignature.PublicTestSecret)
        {
            Fault(key, "this is the secret that Zendesk publishes for its tests, so anybody could sign with it; take the webhook's own");
        }

        return secret;
    }

    private TimeSpan Span(string key, TimeSpan unset, TimeSpan least, TimeSpan most)
    {
        if (Text(key) is not { } text)
        {
            return unset;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most)
        {
            return span;
        }

        Fault(key, $"expected a time from {least} to {most}, written as hours:minutes:seconds, {Found(text)}");
        return unset;
    }

    private bool Truth(string key, bool unset)
    {
        if (Text(key) is not { } text)
        {
            return unset;
        }

        if (bool.TryParse(text, out var truth))
        {
            return truth;
        }

        Fault(key, $"expected true or false, {Found(text)}");
        return unset;
    }

    private int? CallsPerMinute(string key)
    {
        const int Least = 2;
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= Least and <= HelpdeskLimits.Ceiling)
        {
            return number;
        }

        Fault(key, $"expected a whole number from {Least} to {HelpdeskLimits.Ceiling}, {Found(text)}");
        return null;
    }

    private void CheckCredentials(HelpdeskOptions options)
    {
        var hasNone = options is { ClientId: null, ClientSecret: null, Email: null, ApiToken: null };
        if (hasNone)
        {
            Fault(nameof(options.ClientId), "expected ClientId and ClientSecret of an OAuth client, or Email and ApiToken, found nothing");
            return;
        }

        CheckPair(nameof(options.ClientId), options.ClientId, nameof(options.ClientSecret), options.ClientSecret);
        CheckPair(nameof(options.Email), options.Email, nameof(options.ApiToken), options.ApiToken);
        if (options.Email?.EndsWith("/token", StringComparison.OrdinalIgnoreCase) == true)
        {
            Fault(nameof(options.Email), "expected the bare address; /token is added to it");
        }
    }

    private void CheckFreshdesk(HelpdeskOptions options)
    {
        if (options.ApiToken is null)
        {
            Fault(nameof(options.ApiToken), "expected the API key of an agent, found nothing");
        }

        (string Key, string? Value)[] others =
        [
            (nameof(options.ClientId), options.ClientId),
            (nameof(options.ClientSecret), options.ClientSecret),
            (nameof(options.Email), options.Email),
        ];
        foreach (var (key, _) in others.Where(other => other.Value is not null))
        {
            Fault(key, "Freshdesk knows no such credentials; it takes ApiToken alone");
        }

        if (options.BaseUrl is { IsLoopback: false } address && !address.Host.EndsWith(FreshdeskDomain, StringComparison.OrdinalIgnoreCase))
        {
            Fault(nameof(options.BaseUrl),
                $"expected an address such as https://acme{FreshdeskDomain}, since Freshdesk's API answers nowhere else, {Found(address.Host)}");
        }
    }

    private void CheckPair(string key, string? value, string otherKey, string? otherValue)
    {
        if (value is null != otherValue is null)
        {
            var (missing, given) = value is null ? (key, otherKey) : (otherKey, key);
            Fault(missing, $"expected beside {given}, found nothing");
        }
    }

    private string? Text(string key)
    {
        var text = section[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Copied along with a secret, a line break costs an afternoon.
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            Fault(key, "expected no blanks or line breaks around the value");
        }

        return text;
    }

    private void Fault(string key, string what) => faults.Add($"{section.Path}:{key}: {what}.");

    private static string Found(string? text) => text is null ? "found nothing" : $"found \"{text}\"";

    // "Url" means BaseUrl, though fewer letters lead from it to Kind.
    private static string? Nearest(string key) =>
        Keys.FirstOrDefault(known => known.Contains(key, StringComparison.OrdinalIgnoreCase)) ?? Keys.MinBy(known => Distance(known, key));

    // Levenshtein's: the fewest letters to insert, delete or replace.
    private static int Distance(string known, string given)
    {
        var row = Enumerable.Range(0, given.Length + 1).ToArray();
        for (var i = 1; i <= known.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= given.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(known[i - 1]) == char.ToUpperInvariant(given[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
