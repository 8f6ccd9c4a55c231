using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;

namespace TicketTriage.Reading;

/// <summary>Has the helpdesk give the files whose text says something: few, small, of the public messages, the newest first.</summary>
public sealed class AttachedFiles(PdfProcess pdfs, IOptions<ReadingOptions> options)
{
    /// <returns>The same messages; where a file was wanted, with its content, or with the reason why it has none.</returns>
    /// <exception cref="OperationCanceledException">The caller waits no longer; nothing else is thrown.</exception>
    public async Task<IReadOnlyList<HelpdeskComment>> ReadAsync(
        IHelpdesk helpdesk, IReadOnlyList<HelpdeskComment> comments, CancellationToken cancellationToken)
    {
        var left = options.Value.MostFiles;
        var read = comments.ToArray();
        for (var place = read.Length - 1; place >= 0 && left > 0; place--)
        {
            if (read[place] is not { IsPublic: true, Attachments.Count: > 0 } comment)
            {
                continue;
            }

            var files = comment.Attachments.ToArray();
            for (var at = 0; at < files.Length && left > 0; at++)
            {
                if (files[at].Content is null && FileReader.IsReadable(files[at].Name))
                {
                    var file = await helpdesk.ReadFileAsync(files[at], FileReader.MostBytes, cancellationToken);
                    files[at] = file.Content is { } content && FileReader.IsPdf(file.Name)
                        ? await pdfs.ReadAsync(file, content, cancellationToken)
                        : file;
                    left--;
                }
            }

            read[place] = comment with { Attachments = files };
        }

        return left == options.Value.MostFiles ? comments : read;
    }
}
