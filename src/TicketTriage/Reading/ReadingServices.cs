using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TicketTriage.Reading;

public static class ReadingServices
{
    /// <summary>The options alone: reading is made of pure functions.</summary>
    public static void AddReading(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ReadingOptions>, ReadingOptionsCheck>();
        builder.Services
            .AddOptionsWithValidateOnStart<ReadingOptions>()
            .BindConfiguration(ReadingOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    /// <summary>Registers who fetches and reads files.</summary>
    /// <param name="pdfs">What reads a PDF.</param>
    public static void AddAttachedFiles(this IHostApplicationBuilder builder, PdfProgram pdfs)
    {
        builder.Services.AddSingleton(pdfs);
        builder.Services.AddSingleton<PdfProcess>();
        builder.Services.AddSingleton<AttachedFiles>();
    }
}
