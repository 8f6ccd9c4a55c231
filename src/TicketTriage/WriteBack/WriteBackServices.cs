using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.WriteBack;

public static class WriteBackServices
{
    public static void AddWriteBack(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<WriteBackOptions, WriteBackOptionsCheck>()
            .BindConfiguration(WriteBackOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<WriteBackLedger>();
        builder.Services.AddSingleton<GroupList>();
        builder.Services.AddSingleton<ChangePlanner>();
        builder.Services.AddSingleton<HelpdeskWriter>();
    }
}
