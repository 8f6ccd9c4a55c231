using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Knowledge_of_the_sandbox
{
    [Test]
    public async Task Articles_are_listed_by_language_and_found_by_word()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddArticle(new("Zahlung per Lastschrift", "<p>Geht.</p>") { Locale = "de", Section = 1 });

        var german = await caller.GetAsync("/api/v2/help_center/de/articles.json");
        var found = await caller.GetAsync("/api/v2/help_center/articles/search?query=password&locale=en-us");

        Assert.That(german.ListAt("articles", "title"), Does.Contain("Zahlung per Lastschrift"));
        Assert.That(german.ListAt("articles", "locale"), Is.All.EqualTo("de"));
        Assert.That(found.ListAt("results", "title"), Is.EqualTo(new[] { "Reset a password" }));
    }

    [Test]
    public async Task Translations_stand_in_the_article_where_they_are_asked_for()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var added = helpdesk.AddArticle(new("Opening hours", "<p>From 9.</p>") { Translations = [new("de", "Öffnungszeiten", "<p>Ab 9.</p>")] });

        var plain = await caller.GetAsync($"/api/v2/help_center/articles/{added.Id}");
        var whole = await caller.GetAsync($"/api/v2/help_center/articles/{added.Id}?include=translations");
        var german = await caller.GetAsync("/api/v2/help_center/de/articles");

        Assert.That(plain.Json?["article"]?["translations"], Is.Null);
        Assert.That(whole.At("article.translations.0.locale"), Is.EqualTo("en-us"));
        Assert.That(whole.At("article.translations.1.locale"), Is.EqualTo("de"));
        Assert.That(german.ListAt("articles", "id"), Does.Contain($"{added.Id}"));
    }

    [Test]
    public async Task The_export_gives_what_has_changed_since()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock }, default);
        using var caller = new SandboxCaller(helpdesk);
        clock.Now = clock.Now.AddHours(1);
        var added = helpdesk.AddArticle(new("New", "<p>n</p>"));

        var reply = await caller.GetAsync($"/api/v2/help_center/incremental/articles?start_time={clock.Now.ToUnixTimeSeconds()}");

        Assert.That(reply.ListAt("articles", "id"), Is.EqualTo(new[] { $"{added.Id}" }));
        Assert.That(reply.At("end_time"), Is.EqualTo($"{clock.Now.ToUnixTimeSeconds()}"));
    }

    [Test]
    public async Task Some_accounts_answer_only_with_the_suffix()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { HelpCenterNeedsSuffix = true }, default);
        using var caller = new SandboxCaller(helpdesk);

        Assert.That((await caller.GetAsync("/api/v2/help_center/articles")).Status, Is.EqualTo(415));
        Assert.That((await caller.GetAsync("/api/v2/help_center/articles.json")).Status, Is.EqualTo(200));
        Assert.That((await caller.GetAsync("/api/v2/macros/active")).At("macros.0.active"), Is.EqualTo("true"));
    }
}
