using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class Registering_the_local_provider : IDisposable
{
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("models-");

    [Test]
    public async Task It_answers_under_its_key_and_from_the_shipped_policies()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        // What leads have published would be asked for there; nothing of it is wanted before the answer.
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"));
        builder.AddPolicies();
        builder.AddLocalUnderstanding(models.FullName, prepares: true);
        builder.AddPrioritisation();
        using var host = builder.Build();
        await host.StartAsync();

        var taxonomy = host.Services.GetRequiredService<PolicyDocument<Taxonomy>>().Content;
        var provider = host.Services.GetRequiredKeyedService<IUnderstandingProvider>("local");
        var ticket = ATicket.Saying("My parcel has not been delivered yet.");
        var understanding = await provider.UnderstandAsync(ticket, taxonomy, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(provider.Name, Is.EqualTo("local"));
            Assert.That(understanding.Intent.Value, Is.EqualTo("orders/late"));
            Assert.That(understanding.ModelVersion, Does.Match("^local-3-[0-9a-f]{12}$"));
            Assert.That(host.Services.GetRequiredService<PolicyDocument<PriorityPolicy>>().Kind, Is.EqualTo("priority"));
        }
    }

    public void Dispose() => models.Delete(recursive: true);
}
