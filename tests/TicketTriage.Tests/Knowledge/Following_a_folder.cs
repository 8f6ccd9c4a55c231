using TicketTriage.Knowledge;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Knowledge;

/// <summary>What happens to the files of a folder, and what is kept of them then.</summary>
[CancelAfter(60_000)]
public sealed class Following_a_folder
{
    private const string Header = "question;answer\n";
    private const string Returns = "How do I return shoes?;Print the label.\n";
    private const string Delivery = "When does it come?;On Monday.\n";

    private readonly ManualClock clock = new();
    private DirectoryInfo folder = null!;
    private FolderArticles source = null!;

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("knowledge-");
        source = new FolderArticles("faq", new FolderOptions { Path = folder.FullName, Language = "en" }, clock);
    }

    [TearDown]
    public void Remove()
    {
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_row_that_is_inserted_above_changes_no_other_article()
    {
        await using var library = await OpenAsync(("faq.csv", Header + Returns + Delivery));
        var before = await PassagesAsync(library);

        await LaterAsync(library, TimeSpan.FromMinutes(15), ("faq.csv", Header + "What does it cost?;Nothing.\n" + Returns + Delivery));

        var after = await PassagesAsync(library);
        Assert.That(after.Split(','), Is.SupersetOf(before.Split(',')).And.Length.EqualTo(3));
    }

    [Test]
    public async Task A_question_is_the_same_however_it_is_spaced_and_marked()
    {
        await using var library = await OpenAsync(("faq.csv", Header + Returns));
        var before = await PassagesAsync(library);

        await LaterAsync(library, TimeSpan.FromMinutes(15), ("faq.csv", "question;answer\n\"  how do I RETURN shoes \";Print the label.\n"));

        Assert.That(await KeysAsync(library), Is.EqualTo("faq.csv:how do i return shoes"));
        Assert.That(before, Does.StartWith("faq.csv:how do i return shoes="));
    }

    [Test]
    public async Task The_same_question_twice_is_two_articles()
    {
        await using var library = await OpenAsync(("faq.csv", Header + Returns + "How do I return shoes?;Bring them to a shop.\n???;Yes.\n!;No.\n"));

        Assert.That(await KeysAsync(library), Is.EqualTo("faq.csv:,faq.csv:#2,faq.csv:how do i return shoes,faq.csv:how do i return shoes#2"));
    }

    [Test]
    public async Task A_question_without_end_is_kept()
    {
        var endless = string.Join(' ', Enumerable.Range(0, 2_000).Select(number => $"word{number}"));

        await using var library = await OpenAsync(("faq.csv", $"{Header}{endless}?;Yes.\n{endless} indeed?;No.\n"));

        Assert.That(await library.Database.AskAsync<long>("select count(distinct key) from knowledge_articles"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_folder_that_is_gone_loses_nothing_however_long()
    {
        await using var library = await OpenAsync(("faq.csv", Header + Returns));

        folder.Delete(recursive: true);
        var told = await library.SyncAsync(source, clock, CancellationToken.None);
        await LaterAsync(library, TimeSpan.FromHours(30));

        Assert.That(told, Does.Contain("1 sources could not be read"));
        Assert.That(await KeysAsync(library), Is.EqualTo("faq.csv:how do i return shoes"));
    }

    [Test]
    public async Task A_folder_that_is_empty_all_at_once_is_believed_after_an_hour()
    {
        await using var library = await OpenAsync(("faq.csv", Header + Returns), ("readme.md", "# Readme\nText."));

        foreach (var file in folder.EnumerateFiles())
        {
            file.Delete();
        }

        var kept = new List<long>();
        foreach (var minutes in (int[])[0, 15, 45])
        {
            await LaterAsync(library, TimeSpan.FromMinutes(minutes));
            kept.Add(await library.Database.AskAsync<long>("select count(*) from knowledge_articles"));
        }

        Assert.That(kept, Is.EqualTo((long[])[2, 2, 0]));
    }

    private async Task<ALibrary> OpenAsync(params (string Name, string Text)[] files)
    {
        var library = await ALibrary.OpenAsync([], clock, CancellationToken.None);
        await LaterAsync(library, TimeSpan.Zero, files);
        return library;
    }

    private async Task LaterAsync(ALibrary library, TimeSpan later, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
        }

        clock.Advance(later);
        await library.SyncAsync(source, clock, CancellationToken.None);
    }

    private static async Task<string> PassagesAsync(ALibrary library) => await library.Database.AskAsync<string>(
        "select string_agg(article || '=' || id, ',' order by article) from knowledge_passages") ?? "";

    private static async Task<string?> KeysAsync(ALibrary library) =>
        await library.Database.AskAsync<string>("select string_agg(key, ',' order by key collate \"C\") from knowledge_articles");
}
