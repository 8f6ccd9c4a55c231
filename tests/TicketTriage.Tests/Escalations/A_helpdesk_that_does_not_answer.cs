using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>A helpdesk that takes every call and is silent, beside one of which nothing has to be asked.</summary>
[CancelAfter(120_000)]
internal sealed class A_helpdesk_that_does_not_answer
{
    private const string Escalated = "select coalesce(string_agg(helpdesk || '/' || number, ' ' order by helpdesk, number), '') from escalations";

    /// <summary>When half of the time for a first reply is used up.</summary>
    private static DateTimeOffset Now => SomeMatrix.Start.AddMinutes(245);

    [Test]
    public async Task Delays_its_own_escalations_by_seconds_and_nobody_elses(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var clock = new ManualClock(Now);
        using var house = Connect(mute, clock);
        var options = new EscalationOptions { MatrixFile = folder.Write("escalation.json", Encoding.UTF8.GetString(SomeMatrix.Matrix.ToJson())) };
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var watch = TheWatch.Of(database, clock, policies, options, helpdesks: house.Services.GetRequiredService<HelpdeskDirectory>());
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(Ticket("mute", "1"), Now, cancellationToken);
        await ledger.ObserveAsync(Ticket("acme", "1"), Now, cancellationToken);

        var looking = watch.LookAsync(cancellationToken);
        using var question = await mute.AcceptTcpClientAsync(cancellationToken);
        while (await database.AskAsync<string>(Escalated) is "")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        var meanwhile = await database.AskAsync<string>(Escalated);
        clock.Advance(ToldClocks.Patience);
        await looking;
        var then = await database.AskAsync<string>(Escalated);

        // The clock stands still: a look that asked again would never end.
        await ledger.ObserveAsync(Ticket("mute", "2"), clock.GetUtcNow(), cancellationToken);
        await watch.LookAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((meanwhile, then), Is.EqualTo(("acme/1", "acme/1 mute/1")));
            Assert.That(await database.AskAsync<string>(Escalated), Is.EqualTo("acme/1 mute/1 mute/2"));
            Assert.That(
                await database.AskAsync<bool>("select ask_at is not null from watched_tickets where number = '2'"), Is.True, "It is asked later.");
        }
    }

    private static WatchedTicket Ticket(string helpdesk, string number) => SomeMatrix.Ticket() with { Id = new TicketId(helpdesk, number) };

    private static IHost Connect(TcpListener mute, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Helpdesks:mute:Kind"] = "Freshdesk",
            ["Helpdesks:mute:BaseUrl"] = $"http://{mute.LocalEndpoint}",
            ["Helpdesks:mute:ApiToken"] = "the key",
            ["Helpdesks:mute:WebhookSecret"] = "a secret",
        });
        builder.Services.AddSingleton(clock);
        builder.AddHelpdesks();
        return builder.Build();
    }
}
