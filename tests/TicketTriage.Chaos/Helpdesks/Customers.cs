using System.Collections.Concurrent;

namespace TicketTriage.Chaos.Helpdesks;

/// <summary>
/// Those who write to the helpdesk: four of five acts open a ticket, the fifth adds a message to one. Which act does what follows from the
/// seed alone. Every text carries a mark of its own, by which one can tell what a triage has read.
/// </summary>
internal sealed class Customers(HelpdeskClient helpdesk, int seed)
{
    private const int Hands = 4;
    private const double ShareOfMessages = 0.2;

    private readonly Random chance = new(seed);
    private readonly List<CustomerTicket> tickets = [];
    private int written;

    /// <summary>How often a customer has written: so many deliveries have to reach the product, beside the echoes of its own doing.</summary>
    public int Written => Volatile.Read(ref written);

    /// <summary>Tickets that are open, with what was last said in each.</summary>
    public IReadOnlyList<CustomerTicket> Tickets => tickets;

    /// <summary>Writes so often, evenly over a time.</summary>
    /// <param name="except">A ticket that is left alone.</param>
    public async Task WriteAsync(int times, TimeSpan over, CancellationToken cancellationToken, CustomerTicket? except = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        var acts = new ConcurrentQueue<(TimeSpan Due, CustomerTicket Ticket)>();
        for (var act = 0; act < times; act++)
        {
            acts.Enqueue((over * act / times, ChooseTicket(except)));
        }

        await Task.WhenAll(Enumerable.Range(0, Hands).Select(async _ =>
        {
            while (acts.TryDequeue(out var act))
            {
                await WaitUntilAsync(began, act.Due, cancellationToken);
                await SayAsync(act.Ticket, cancellationToken);
            }
        }));
    }

    /// <summary>Writes to the same tickets again and again, as fast as it goes.</summary>
    public async Task InsistAsync(int times, int ticketsAtMost, CancellationToken cancellationToken)
    {
        for (var act = 0; act < times; act++)
        {
            var ticket = act < ticketsAtMost ? OpenNew() : tickets[^(1 + (act % ticketsAtMost))];
            await SayAsync(ticket, cancellationToken);
        }
    }

    /// <summary>Writes into a ticket, which is opened by it where it is new.</summary>
    public async Task SayAsync(CustomerTicket ticket, CancellationToken cancellationToken)
    {
        await ticket.Turn.WaitAsync(cancellationToken);
        try
        {
            var (subject, text) = Phrases.Choose(ticket.Place + ticket.Said);
            ticket.Said++;
            var marked = $"{text} {ticket.Mark}";
            if (ticket.Number is { } number)
            {
                await helpdesk.AddMessageAsync(number, marked, cancellationToken);
            }
            else
            {
                ticket.Number = await helpdesk.OpenTicketAsync("Robin Example", subject, marked, cancellationToken);
            }

            Interlocked.Increment(ref written);
        }
        finally
        {
            ticket.Turn.Release();
        }
    }

    private CustomerTicket ChooseTicket(CustomerTicket? except) =>
        tickets.Count > 0 && chance.NextDouble() < ShareOfMessages && tickets[chance.Next(tickets.Count)] is var known && known != except
            ? known
            : OpenNew();

    private CustomerTicket OpenNew()
    {
        var ticket = new CustomerTicket(tickets.Count);
        tickets.Add(ticket);
        return ticket;
    }

    private static async Task WaitUntilAsync(long began, TimeSpan due, CancellationToken cancellationToken)
    {
        if (due - TimeProvider.System.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, TimeProvider.System, cancellationToken);
        }
    }
}

/// <summary>A ticket as its customer knows it.</summary>
internal sealed class CustomerTicket(int place)
{
    private const string Letters = "bdfgklmnprstvz";

    /// <summary>Counts the tickets of a run.</summary>
    public int Place => place;

    /// <summary>Its number in the helpdesk, once it is there.</summary>
    public long? Number { get; set; }

    /// <summary>How often its customer has written.</summary>
    public int Said { get; set; }

    /// <summary>A word that stands in the last message and nowhere else, and that nobody takes for personal data.</summary>
    public string Mark => $"{MarkBegin}{Word(Place)}x{Word(Said)}q";

    /// <summary>Two messages of one ticket are sent one after the other.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    internal const string MarkBegin = "zzq";

    private static string Word(int number) =>
        number < Letters.Length ? $"{Letters[number]}" : $"{Word(number / Letters.Length)}{Letters[number % Letters.Length]}";
}
