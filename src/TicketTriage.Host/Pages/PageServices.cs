using Microsoft.Extensions.FileProviders;

namespace TicketTriage.Host.Pages;

internal static class PageServices
{
    /// <summary>Adds what pages are rendered with: on the server, in the language and colours of whoever asks.</summary>
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => new Words(Look.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext)));
    }

    /// <summary>Serves style sheets, scripts and pictures to everybody. They lie beside the program, wherever it is started from.</summary>
    public static void UsePageFiles(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")),
    });
}
