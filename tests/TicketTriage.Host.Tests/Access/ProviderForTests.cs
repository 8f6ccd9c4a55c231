using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TicketTriage.Host.Tests.Access;

/// <summary>A provider of OpenID Connect over real HTTP that lets in, without a question, whoever it was told of last.</summary>
internal sealed class ProviderForTests : IAsyncDisposable
{
    public const string ClientId = "tickettriage";
    public const string ClientSecret = "secret-of-the-client";

    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> codes = new();
    private readonly WebApplication app;

    private ProviderForTests(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>Who comes next, with the values of the claim <c>roles</c>.</summary>
    public (string Name, string[] Roles) Person { get; set; } = ("lea", []);

    /// <summary>True to sign with a key that the provider doesn't publish.</summary>
    public bool SignsWithAnotherKey { get; set; }

    public static async Task<ProviderForTests> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new ProviderForTests(app);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        await app.StartAsync(cancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Describe() => Results.Json(new
    {
        issuer = Address.ToString(),
        authorization_endpoint = new Uri(Address, "authorize"),
        token_endpoint = new Uri(Address, "token"),
        jwks_uri = new Uri(Address, "keys"),
    });

    private IResult Keys()
    {
        var published = key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", kid = "1", n = Base64UrlEncoder.Encode(published.Modulus), e = Base64UrlEncoder.Encode(published.Exponent) },
            },
        });
    }

    private IResult Authorize(HttpRequest request)
    {
        var code = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        codes[code] = (request.Query["nonce"].ToString(), request.Query["code_challenge"].ToString());
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"].ToString())}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isProven = codes.TryRemove(form["code"].ToString(), out var asked)
            && Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked.Challenge
            && form["client_secret"] == ClientSecret;
        if (!isProven)
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        using var stranger = RSA.Create(2048);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = ClientId,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "1", ["nonce"] = asked.Nonce, ["preferred_username"] = Person.Name, ["roles"] = Person.Roles,
            },
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey(SignsWithAnotherKey ? stranger : key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256)
            {
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
        return Results.Json(new { id_token = token, access_token = "none", token_type = "Bearer", expires_in = 300 });
    }
}
