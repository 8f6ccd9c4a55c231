using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary>Who may come in: the keys under <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>By a name of one's choice, which stands in logs and on pages.</summary>
    public Dictionary<string, ApiKeyOptions> ApiKeys { get; init; } = [];

    public OpenIdConnectSettings OpenIdConnect { get; init; } = new();

    public ProxySettings Proxy { get; init; } = new();

    /// <summary>
    /// The proxies that end TLS before the service: addresses or networks. Only what they say of a request's scheme and sender is believed;
    /// with none nobody's word is.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}

/// <summary>One key.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>A random text of 16 characters or more.</summary>
    public string? Key { get; init; }

    /// <summary><c>agent</c>, <c>lead</c>, <c>ops</c> or <c>admin</c>.</summary>
    public string? Role { get; init; }
}

/// <summary>Says everything that is wrong at once, and never a key itself.</summary>
internal sealed class AccessOptionsValidator(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    private const int ShortestKey = 16;
    private const int ShortestSecret = 32;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var section = configuration.GetSection(AccessOptions.Section);
        var keys = section.GetSection(nameof(AccessOptions.ApiKeys));
        List<string> wrong =
        [
            .. Unknown(section, NamesOf<AccessOptions>()),
            .. Unknown(section.GetSection(nameof(AccessOptions.OpenIdConnect)), NamesOf<OpenIdConnectSettings>()),
            .. Unknown(section.GetSection(nameof(AccessOptions.Proxy)), NamesOf<ProxySettings>()),
            .. Check(options.OpenIdConnect),
            .. Check(options.Proxy),
            .. TrustedProxies.FindFaults(section.GetSection(nameof(AccessOptions.TrustedProxies))),
            .. keys.GetChildren().SelectMany(key => Unknown(key, [nameof(ApiKeyOptions.Key), nameof(ApiKeyOptions.Role)])),
            .. options.ApiKeys.SelectMany(entry => Check($"{keys.Path}:{entry.Key}", entry.Value)),
        ];
        var namesOfEach = options.ApiKeys.Where(entry => entry.Value.Key is not null).GroupBy(entry => entry.Value.Key, entry => entry.Key);
        foreach (var names in namesOfEach.Where(names => names.Count() > 1))
        {
            wrong.Add($"{keys.Path} has one key under several names ({string.Join(", ", names)}): give each its own.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Check(OpenIdConnectSettings settings)
    {
        const string key = $"{AccessOptions.Section}:{nameof(AccessOptions.OpenIdConnect)}";
        if (!settings.IsUsed)
        {
            yield break;
        }

        if (settings.Authority is not { IsAbsoluteUri: true } authority
            || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
        {
            yield return $"{key}:Authority has to be an address with https.";
        }

        if (string.IsNullOrEmpty(settings.ClientId) || string.IsNullOrEmpty(settings.ClientSecret))
        {
            yield return $"{key}:ClientId and {key}:ClientSecret are needed: the provider gives them when this service is registered.";
        }

        foreach (var fault in CheckRoles($"{key}:{nameof(settings.Roles)}", settings.Roles))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Check(ProxySettings settings)
    {
        const string key = $"{AccessOptions.Section}:{nameof(AccessOptions.Proxy)}";
        if (!settings.IsUsed)
        {
            yield break;
        }

        if (settings.Secret is null || settings.Secret.Length < ShortestSecret)
        {
            yield return $"{key}:Secret needs {ShortestSecret} characters or more and has {settings.Secret?.Length ?? 0}.";
        }

        if (string.IsNullOrEmpty(settings.Audience))
        {
            yield return $"{key}:Audience is missing: the token's aud, so that one for another service opens nothing here.";
        }

        foreach (var fault in CheckRoles($"{key}:{nameof(settings.Roles)}", settings.Roles))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> CheckRoles(string key, Dictionary<string, string> roles)
    {
        if (roles.Count == 0)
        {
            yield return $"{key} is empty, so nobody would come in: say which value gives which of {string.Join(", ", Roles.All)}.";
        }

        foreach (var unknown in roles.Keys.Where(role => !Roles.All.Contains(role)))
        {
            yield return $"{key}:{unknown}: there is no such role; there are {string.Join(", ", Roles.All)}.";
        }
    }

    private static string[] NamesOf<T>() =>
        [.. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    // The binder's own refusal doesn't name a key this deep.
    private static IEnumerable<string> Unknown(IConfigurationSection section, string[] known) => section.GetChildren()
        .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => $"{child.Path}: there is no such key; expected {string.Join(" or ", known)}.");

    private static IEnumerable<string> Check(string key, ApiKeyOptions options)
    {
        if (options.Key is null || options.Key.Length < ShortestKey)
        {
            yield return $"{key}:Key needs {ShortestKey} characters or more and has {options.Key?.Length ?? 0}: "
                + "`openssl rand -hex 24` makes a good one.";
        }

        if (options.Role is null || !Roles.All.Contains(options.Role))
        {
            yield return $"{key}:Role is '{options.Role}' and must be one of {string.Join(", ", Roles.All)}.";
        }
    }
}
