using System.Text;
using TicketTriage.Helpdesks;
using TicketTriage.Sandbox;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Deploy;

/// <summary>A part of what tests/reproduce.sh shows by building twice.</summary>
internal sealed class What_is_built
{
#if DEBUG
    [Ignore("A debugger finds the sources by their folder.")]
#endif
    [TestCase(typeof(House))]
    [TestCase(typeof(TicketId))]
    [TestCase(typeof(HelpdeskDirectory))]
    [TestCase(typeof(SandboxHelpdesk))]
    public void Knows_nothing_of_the_folder_in_which_it_was_built(Type ofPart)
    {
        var program = ofPart.Assembly.Location;

        Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(program)), Does.Not.Contain(Repository.Root), program);
    }

    [Test]
    public void Names_its_version_and_nothing_of_when_or_from_where_it_was_taken() =>
        Assert.That(
            System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(House).Assembly.Location).ProductVersion,
            Is.EqualTo(typeof(House).Assembly.GetName().Version?.ToString(3)));
}
