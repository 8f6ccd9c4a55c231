using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary>Who may come in: the keys under <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>By a name of one's choice, which stands in logs and on pages.</summary>
    public Dictionary<string, ApiKeyOptions> ApiKeys { get; init; } = [];
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

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var section = configuration.GetSection(AccessOptions.Section);
        var keys = section.GetSection(nameof(AccessOptions.ApiKeys));
        List<string> wrong =
        [
            .. Unknown(section, [nameof(AccessOptions.ApiKeys)]),
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
