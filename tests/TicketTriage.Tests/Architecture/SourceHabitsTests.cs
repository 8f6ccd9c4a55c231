using TicketTriage.Testing;

namespace TicketTriage.Tests.Architecture;

public sealed class SourceHabitsTests
{
    [Test]
    public void The_product_keeps_its_habits()
    {
        var sources = Repository.ListSources("src");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sources, Does.Contain("src/TicketTriage/Tickets/TicketId.cs"));
            Assert.That(sources.SelectMany(file => SourceHabits.ListBreaches(file, Repository.Read(file))), Is.Empty);
        }
    }

    [Test]
    public void So_do_its_tests()
    {
        // This file shows what is forbidden.
        var sources = Repository.ListSources("tests").Where(file => !file.EndsWith($"/{nameof(SourceHabitsTests)}.cs", StringComparison.Ordinal));

        Assert.That(sources.SelectMany(file => SourceHabits.ListBreaches(file, Repository.Read(file))), Is.Empty);
    }

    [TestCase("_ = SendAsync(letter);", "work started and never awaited: File.cs:2")]
    [TestCase("_ = desk.Clerk?.SendAsync<int>(letter);", "work started and never awaited: File.cs:2")]
    [TestCase("try { Open(); } catch { }", "failure swallowed: File.cs:2")]
    [TestCase("try { Open(); } catch (IOException e) when (e.HResult == 5)\n{\n}", "failure swallowed: File.cs:2")]
    [TestCase("try { Open(); } catch (Exception)\n{\n// Never mind.\n}", "failure of any kind swallowed: File.cs:2")]
    [TestCase("try { Open(); } catch\n{\n// Never mind.\n}", "failure of any kind swallowed: File.cs:2")]
    [TestCase("await Task.Run(Work);", "Task.Run: File.cs:2")]
    [TestCase("var length = await Task.Run<int>(Measure);", "Task.Run: File.cs:2")]
    [TestCase("public static class StringUtils;", "name that says nothing: File.cs:2")]
    [TestCase("internal sealed class TicketHelper;", "name that says nothing: File.cs:2")]
    [TestCase("static class CommonPatterns;", "name that says nothing: File.cs:2")]
    [TestCase("class QueueManager;", "name that says nothing: File.cs:2")]
    [TestCase("abstract class StageBase;", "name that says nothing: File.cs:2")]
    [TestCase("record TicketInfo(int Number);", "name that says nothing: File.cs:2")]
    [TestCase("readonly record struct TicketData(int Number);", "name that says nothing: File.cs:2")]
    public void A_breach_is_found(string line, string expected) =>
        Assert.That(SourceHabits.ListBreaches("File.cs", "\n" + line), Is.EqualTo((string[])[expected]));

    [TestCase("var answer = await SendAsync(letter);")]
    [TestCase("_ = await SendAsync(letter);")]
    [TestCase("_ = Measure(letter);")]
    [TestCase("try { Open(); } catch (IOException)\n{\nreturn null;\n}")]
    [TestCase("try { Open(); } catch (OperationCanceledException) when (stopping)\n{\n// The host has stopped.\n}")]
    [TestCase("try { Open(); } catch { Close(); throw; }")]
    [TestCase("application.Run();")]
    [TestCase("class HelpdeskDatabase;")]
    [TestCase("class Baseline;")]
    public void What_is_in_order_is_left_alone(string line) => Assert.That(SourceHabits.ListBreaches("File.cs", line), Is.Empty);

    [TestCase(SourceHabits.MostLines, ExpectedResult = 0)]
    [TestCase(SourceHabits.MostLines + 1, ExpectedResult = 1)]
    public int A_file_longer_than_one_reading_is_found(int lines) =>
        SourceHabits.ListBreaches("File.cs", string.Concat(Enumerable.Repeat("// line\n", lines))).Count();
}
