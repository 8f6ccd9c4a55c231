using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Tests.Access;

/// <summary>A web server with our access rules before whatever a test maps, reached over real HTTP.</summary>
internal sealed partial class Door : IAsyncDisposable
{
    public const string LeadKey = "lead-key-0123456789";
    public const string OpsKey = "ops-key-0123456789";
    public const string AgentKey = "agent-key-0123456789";
    public const string AdminKey = "admin-key-0123456789";

    private readonly WebApplication app;
    private readonly string dataDirectory;

    private Door(WebApplication app, string dataDirectory)
    {
        this.app = app;
        this.dataDirectory = dataDirectory;
    }

    public IServiceProvider Services => app.Services;

    public static async Task<Door> OpenAsync(
        CancellationToken cancellationToken,
        Action<WebApplicationBuilder>? add = null,
        Action<WebApplication>? map = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var directory = Directory.CreateTempSubdirectory("tickettriage-door-").FullName;
        try
        {
            return new Door(await StartAsync(directory, add, map, settings, cancellationToken), directory);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>A program with a key in the header, or with none.</summary>
    public HttpClient Program(string? key = null)
    {
        var client = NewClient();
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return client;
    }

    /// <summary>A person's browser: it keeps cookies, and asks for pages.</summary>
    public HttpClient Browser()
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    /// <summary>A browser in which somebody has signed in with a key.</summary>
    public async Task<HttpClient> SignedInAsync(string key, CancellationToken cancellationToken)
    {
        var browser = Browser();
        using var answer = await SubmitAsync(browser, "/sign-in", "/sign-in", [new("key", key)], cancellationToken);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        return browser;
    }

    /// <summary>Opens a page, and sends a form of it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        HttpClient browser,
        string page,
        string action,
        IEnumerable<KeyValuePair<string, string>> fields,
        CancellationToken cancellationToken)
    {
        var html = await browser.GetStringAsync(page, cancellationToken);
        var token = FormToken().Match(html).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", WebUtility.HtmlDecode(token)), .. fields]);
        return await browser.PostAsync(action, form, cancellationToken);
    }

    /// <summary>A page as a browser gets it that asks for German, its marks decoded.</summary>
    public static async Task<string> ReadInGermanAsync(HttpClient browser, string page, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.AcceptLanguage.ParseAdd("de-DE");
        using var answer = await browser.SendAsync(request, cancellationToken);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(dataDirectory, recursive: true);
    }

    private static async Task<WebApplication> StartAsync(
        string directory,
        Action<WebApplicationBuilder>? add,
        Action<WebApplication>? map,
        IEnumerable<KeyValuePair<string, string?>>? settings,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Urls", "http://127.0.0.1:0"),
            new("DataDirectory", directory),
            .. Key("lea", LeadKey, Roles.Lead),
            .. Key("otto", OpsKey, Roles.Ops),
            .. Key("ada", AgentKey, Roles.Agent),
            .. Key("root", AdminKey, Roles.Admin),
            .. settings ?? [],
        ]);
        builder.Logging.ClearProviders();
        builder.AddAccess();
        // Where there is no database, keys lie in the folder.
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(directory));
        builder.AddPages();
        add?.Invoke(builder);

        var built = builder.Build();
        built.UseAccess();
        foreach (var role in Roles.All)
        {
            built.MapGet($"/api/{role}", () => "in").RequireAuthorization(role);
            built.MapGet($"/pages/{role}", () => "in").RequireAuthorization(role);
        }

        built.MapGet("/unnamed", () => "in");
        built.MapGet("/open", () => "in").AllowAnonymous();
        map?.Invoke(built);
        await built.StartAsync(cancellationToken);
        return built;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Key(string name, string key, string role) =>
        [new($"Access:ApiKeys:{name}:Key", key), new($"Access:ApiKeys:{name}:Role", role)];

    private HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}
