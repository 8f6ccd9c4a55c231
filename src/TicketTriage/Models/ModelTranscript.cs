namespace TicketTriage.Models;

/// <summary>
/// What goes out to models on a ticket's way. Guarantee: what is asked while a transcript is open stands in it to the letter, also where the
/// answer never came. It holds because the clients write it themselves as they send, and no room can forget to tell.
/// </summary>
public sealed class ModelTranscript : IDisposable
{
    // Of the flow of calls that began it, however many rooms that goes through: each ticket's way has its own.
    private static readonly AsyncLocal<ModelTranscript?> Open = new();

    private readonly ModelTranscript? before = Open.Value;
    private readonly List<SentNote> notes = [];
    private readonly Lock gate = new();

    private ModelTranscript() => Open.Value = this;

    /// <summary>Everything that is asked from here on is written down, until it is disposed of.</summary>
    public static ModelTranscript Begin() => new();

    /// <summary>What was sent until now.</summary>
    public SentToModel Read()
    {
        lock (gate)
        {
            return SentToModel.Of([.. notes.Select(note => note.Read())]);
        }
    }

    public void Dispose() => Open.Value = before;

    /// <summary>Begins a note that is written once the first attempt goes out; one of nobody's where no transcript is open.</summary>
    internal static SentNote Note(SentCall call) => new(call, Open.Value);

    private void Add(SentNote note)
    {
        lock (gate)
        {
            notes.Add(note);
        }
    }

    /// <summary>A question, with what its attempts came to.</summary>
    internal sealed class SentNote(SentCall call, ModelTranscript? transcript)
    {
        private readonly Lock gate = new();
        private SentCall written = call;

        /// <summary>An attempt is about to go out.</summary>
        public void Sent(DateTimeOffset at)
        {
            lock (gate)
            {
                written = written with { Attempts = written.Attempts + 1, At = written.Attempts == 0 ? at : written.At };
                if (written.Attempts > 1)
                {
                    return;
                }
            }

            transcript?.Add(this);
        }

        /// <summary>An attempt was answered, be it of use or not.</summary>
        public void Answered(int inputTokens, int outputTokens)
        {
            lock (gate)
            {
                written = written with
                {
                    InputTokens = written.InputTokens + inputTokens,
                    OutputTokens = written.OutputTokens + outputTokens,
                };
            }
        }

        public SentCall Read()
        {
            lock (gate)
            {
                return written;
            }
        }
    }
}
