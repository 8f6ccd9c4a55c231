namespace TicketTriage.Host.Access;

/// <summary>Sign-in by the company's own provider: the keys under <c>Access:OpenIdConnect</c>.</summary>
internal sealed class OpenIdConnectSettings
{
    /// <summary>The provider's address, above <c>/.well-known/openid-configuration</c>. Without it nobody signs in like that.</summary>
    public Uri? Authority { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim that names a person, for logs and histories.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim whose values are told into roles by <see cref="Roles"/>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>By role the claim's value that gives it. Of several the one that opens most counts; with none nobody comes in.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    internal bool IsUsed => Authority is not null;
}

/// <summary>Sign-in by a reverse proxy that has done it and says so in a signed header: the keys under <c>Access:Proxy</c>.</summary>
internal sealed class ProxySettings
{
    /// <summary>The header with a JSON web token, such as <c>X-Forwarded-Access-Token</c>. Without it no header is believed.</summary>
    public string? Header { get; init; }

    /// <summary>The secret that the proxy signs with (HS256): 32 characters or more.</summary>
    public string? Secret { get; init; }

    /// <summary>The token's <c>aud</c>, so that one that was made for another service opens nothing here.</summary>
    public string? Audience { get; init; }

    public string NameClaim { get; init; } = "sub";

    public string RoleClaim { get; init; } = "roles";

    /// <summary>As for <see cref="OpenIdConnectSettings.Roles"/>.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    internal bool IsUsed => Header is { Length: > 0 };
}
