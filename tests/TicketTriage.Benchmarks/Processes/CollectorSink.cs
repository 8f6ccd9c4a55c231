using System.Net;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>Takes what is sent by OTLP over HTTP, and counts it: a service that traces sends to somebody who answers.</summary>
internal sealed class CollectorSink : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;
    private long bytes;

    private CollectorSink(Uri address)
    {
        Address = address;
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        answering = AnswerAsync();
    }

    public Uri Address { get; }

    public long Bytes => Interlocked.Read(ref bytes);

    public static CollectorSink Start() => new(HostProcess.FindFreeAddress());

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        listener.Close();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[64 * 1024];
        while (listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !listener.IsListening)
            {
                return;
            }

            int read;
            while ((read = await asked.Request.InputStream.ReadAsync(buffer)) > 0)
            {
                Interlocked.Add(ref bytes, read);
            }

            asked.Response.ContentType = "application/x-protobuf";
            asked.Response.Close();
        }
    }
}
