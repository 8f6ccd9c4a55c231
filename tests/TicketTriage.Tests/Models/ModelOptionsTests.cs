using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketTriage.Models;

namespace TicketTriage.Tests.Models;

public sealed class ModelOptionsTests
{
    [TestCase("https://acme.openai.azure.com", ExpectedResult = "https://acme.openai.azure.com/openai/v1/")]
    [TestCase("https://acme.openai.azure.com/", ExpectedResult = "https://acme.openai.azure.com/openai/v1/")]
    [TestCase("https://acme.openai.azure.com/openai", ExpectedResult = "https://acme.openai.azure.com/openai/v1/")]
    [TestCase("https://acme.openai.azure.com/openai/v1/", ExpectedResult = "https://acme.openai.azure.com/openai/v1/")]
    [TestCase("https://gate.example/ai/openai/v1?x=1", ExpectedResult = "https://gate.example/ai/openai/v1/")]
    public string Azure_is_called_below_its_v1_path(string endpoint) =>
        new ModelOptions { Provider = ModelProvider.AzureOpenAI, Endpoint = new Uri(endpoint) }.ApiRoot().ToString();

    [TestCase("https://api.openai.com/v1", ExpectedResult = "https://api.openai.com/v1/")]
    [TestCase("http://localhost:11434/v1/", ExpectedResult = "http://localhost:11434/v1/")]
    public string Other_servers_are_called_where_they_are(string endpoint) =>
        new ModelOptions { Provider = ModelProvider.OpenAI, Endpoint = new Uri(endpoint) }.ApiRoot().ToString();

    [Test]
    public void Nothing_is_needed_where_no_model_is_asked()
    {
        Assert.That(Bind([]).Provider, Is.EqualTo(ModelProvider.Local));
    }

    [TestCase("Provider=AzureOpenAI", "Model:Endpoint is missing")]
    [TestCase("Provider=AzureOpenAI;Endpoint=https://a.example", "Model:Deployment is missing")]
    [TestCase("Provider=AzureOpenAI;Endpoint=http://localhost:1;Deployment=m", "without Model:ApiKey it must be an https address")]
    [TestCase("Provider=OpenAI;Endpoint=https://a.example;Deployment=m", "Model:ApiKey is missing")]
    [TestCase("Provider=OpenAI;Endpoint=http://a.example/v1;Deployment=m;ApiKey=k", "must be an https address")]
    [TestCase("Provider=OpenAI;Endpoint=ftp://localhost;Deployment=m;ApiKey=k", "must be an https address")]
    [TestCase("Timeout=00:00:00.5", "Model:Timeout is 00:00:00.5")]
    [TestCase("Budget=00:00:05", "Model:Budget is 00:00:05")]
    [TestCase("Retries=9", "Model:Retries is 9")]
    [TestCase("RetryDelay=01:00:00", "Model:RetryDelay is 01:00:00")]
    [TestCase("BreakDuration=00:00:00", "Model:BreakDuration is 00:00:00")]
    [TestCase("MaxAnswerTokens=5", "Model:MaxAnswerTokens is 5")]
    [TestCase("MaxTicketTokens=5", "Model:MaxTicketTokens is 5")]
    [TestCase("InputPrice=-1", "Model:InputPrice")]
    [TestCase("OutputPrice=NaN", "Model:OutputPrice")]
    [TestCase("Prices:gpt-5:Input=-1", "Model:Prices:gpt-5")]
    [TestCase("DailyTokens=-1", "Model:DailyTokens is -1")]
    [TestCase("DailyTokensOf:acme=-1", "Model:DailyTokensOf:acme is -1")]
    [TestCase("Temperature=3", "Model:Temperature is 3")]
    [TestCase("Provider=7", "Model:Provider must be")]
    public void A_wrong_value_is_refused_by_its_key(string values, string message)
    {
        Assert.That(() => Bind(values.Split(';')), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(message));
    }

    [TestCase("Provider=Azure", "Model:Provider")]
    [TestCase("Endpiont=https://a.example", "Endpiont")]
    public void A_word_that_nobody_knows_is_refused(string value, string message)
    {
        Assert.That(() => Bind([value]), Throws.InvalidOperationException.With.Message.Contains(message));
    }

    [Test]
    public void A_deployment_in_the_table_of_prices_needs_no_other_price()
    {
        var options = Bind(["Deployment=gpt-5", "Prices:GPT-5:Input=2", "Prices:GPT-5:Output=10", "InputPrice=7"]);

        Assert.That(options.CurrentPrice().Of(1_000_000, 100_000), Is.EqualTo(3).Within(1e-9));
    }

    [Test]
    public void Azure_without_a_key_is_fine()
    {
        var options = Bind(["Provider=AzureOpenAI", "Endpoint=https://a.openai.azure.com", "Deployment=gpt"]);

        Assert.That(options.ApiKey, Is.Null);
    }

    [Test]
    public void The_key_is_not_printed()
    {
        Assert.That(new ModelOptions { ApiKey = "very-secret" }.ToString(), Does.Not.Contain("very-secret"));
    }

    private static ModelOptions Bind(IEnumerable<string> values)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(values.Select(value => value.Split('=', 2))
            .Select(pair => KeyValuePair.Create<string, string?>($"Model:{pair[0]}", pair[1])));
        builder.AddModels();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<ModelOptions>>().Value;
    }
}
