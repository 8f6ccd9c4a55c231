using TicketTriage.Host.Access;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Access;

internal sealed class SignInLinksTests
{
    [Test]
    public void A_link_waits_for_ten_minutes_and_no_longer()
    {
        var clock = new ManualClock();
        var links = new SignInLinks(clock);
        var early = Token(links.Create(Roles.Lead));
        var late = Token(links.Create(Roles.Lead));

        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var inTime = links.Take(early);
        clock.Advance(TimeSpan.FromSeconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inTime?.Role, Is.EqualTo(Roles.Lead));
            Assert.That(links.Take(late), Is.Null);
        }
    }

    [Test]
    public void A_link_may_be_given_longer()
    {
        var clock = new ManualClock();
        var links = new SignInLinks(clock);
        var (early, late) = (Token(links.Create(Roles.Admin, FirstSignIn.Lifetime)), Token(links.Create(Roles.Admin, FirstSignIn.Lifetime)));

        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        var inTime = links.Take(early);
        clock.Advance(TimeSpan.FromSeconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inTime?.Role, Is.EqualTo(Roles.Admin));
            Assert.That(links.Take(late), Is.Null);
        }
    }

    [Test]
    public void The_sign_ins_of_another_process_count_for_nothing()
    {
        var clock = new ManualClock();
        var before = new SignInLinks(clock);
        var after = new SignInLinks(clock);

        var holder = before.Take(Token(before.Create(Roles.Admin))) ?? throw new InvalidOperationException("The link was not taken.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Knows(holder), Is.True);
            Assert.That(after.Knows(holder), Is.False);
        }
    }

    private static string Token(string path) => path.Split('/')[^1];
}
