using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Drafting;
using TicketTriage.Drafting.Style;
using TicketTriage.Models;
using TicketTriage.Policies;
using TicketTriage.Testing;
using TicketTriage.Tests.Knowledge;
using TicketTriage.Tests.Models;
using TicketTriage.Tests.Understanding;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Drafting;

/// <summary>A desk that has articles and a scripted model, and drafts replies from both.</summary>
internal sealed class ADesk : IAsyncDisposable
{
    private static readonly Taxonomy Shipped = ShippedPolicies.LoadTaxonomy().Content;

    private readonly ChatModel model;
    private readonly StyleGuides guides;

    private ADesk(ALibrary library, ScriptedModel server)
    {
        Library = library;
        Server = server;
        model = Asking.Connect(server, options => options with { Retries = 0 });
        guides = new StyleGuides(
            new PolicyBook(library.Database.Pool), Options.Create(new DraftingOptions()), TimeProvider.System, NullLogger<StyleGuides>.Instance);
    }

    public ALibrary Library { get; }

    public ScriptedModel Server { get; }

    public static async Task<ADesk> OpenAsync(params (string Key, string Title, string Text)[] articles) => new(
        await ALibrary.OpenAsync(
            articles.Select(article => ALibrary.Article(new ALibrary.LibraryArticle(article.Key, "en", article.Title, article.Text))),
            TimeProvider.System,
            CancellationToken.None),
        await ScriptedModel.StartAsync());

    /// <summary>A draft of the model: sentences with the number of the passage that each names.</summary>
    public static string Says(params (string Text, int Source)[] sentences) => JsonSerializer.Serialize(new
    {
        supported = sentences.Length > 0,
        sentences = sentences.Select(sentence => new { text = sentence.Text, source = sentence.Source }),
    });

    /// <summary>Puts another style guide in force: the shipped one, changed.</summary>
    public ADesk Writes(Func<StyleGuide, StyleGuide> change)
    {
        guides.Take("of the test", JsonSerializer.Serialize(change(StyleGuide.LoadShipped().Content), StyleJson.Default.StyleGuide));
        return this;
    }

    public Task<ReplyDraft> DraftAsync(string text, TicketUnderstanding? understanding = null, string teamLanguage = "en", bool hasModel = true) =>
        new DraftWriter(Library.Answers, guides, hasModel ? model : null, NullLogger<DraftWriter>.Instance).WriteAsync(
            ATicket.Saying(text),
            (understanding ?? AnUnderstanding.Of("orders/return")) with { Summary = text },
            Shipped,
            teamLanguage,
            "Tom Miller",
            CancellationToken.None);

    public ArticleDrafter Articles() => new(Library.Search, guides, model);

    public async ValueTask DisposeAsync()
    {
        guides.Dispose();
        model.Dispose();
        await Server.DisposeAsync();
        await Library.DisposeAsync();
    }
}
