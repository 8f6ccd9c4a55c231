using Microsoft.Extensions.Options;

namespace TicketTriage.Models;

/// <summary>Refuses a configuration under which the model can't be asked.</summary>
internal sealed class ModelOptionsCheck : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ModelOptions options)
    {
        if (!Enum.IsDefined(options.Provider))
        {
            yield return "Model:Provider must be Local, AzureOpenAI or OpenAI.";
        }

        if (options.Provider != ModelProvider.Local)
        {
            foreach (var fault in FaultsOfAddress(options))
            {
                yield return fault;
            }
        }

        foreach (var fault in FaultsOfLimits(options))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOfAddress(ModelOptions options)
    {
        if (options.Endpoint is null)
        {
            yield return $"Model:Endpoint is missing: {options.Provider} needs the address of its server.";
        }
        else if (!options.MayBeCalled())
        {
            yield return $"Model:Endpoint is {options.Endpoint}: it must be an https address; plain http is for this machine alone.";
        }

        else if (options.Provider == ModelProvider.AzureOpenAI && string.IsNullOrWhiteSpace(options.ApiKey)
            && options.Endpoint.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"Model:Endpoint is {options.Endpoint}: without Model:ApiKey it must be an https address.";
        }

        if (string.IsNullOrWhiteSpace(options.Deployment))
        {
            yield return $"Model:Deployment is missing: {options.Provider} needs the name of the deployment or model.";
        }

        if (options.Provider == ModelProvider.OpenAI && string.IsNullOrWhiteSpace(options.ApiKey))
        {
            yield return "Model:ApiKey is missing: OpenAI needs a key; a server that asks for none takes any word.";
        }
    }

    private static IEnumerable<string> FaultsOfLimits(ModelOptions options)
    {
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"Model:Timeout is {options.Timeout}: it must lie between 00:00:01 and 00:05:00.";
        }

        if (options.Budget < options.Timeout || options.Budget > TimeSpan.FromMinutes(15))
        {
            yield return $"Model:Budget is {options.Budget}: it must lie between Model:Timeout, {options.Timeout}, and 00:15:00.";
        }

        if (options.Retries is < 0 or > 5)
        {
            yield return $"Model:Retries is {options.Retries}: it must lie between 0 and 5.";
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromMinutes(1))
        {
            yield return $"Model:RetryDelay is {options.RetryDelay}: it must lie between 00:00:00 and 00:01:00.";
        }

        if (options.BreakDuration < TimeSpan.FromMilliseconds(500) || options.BreakDuration > TimeSpan.FromMinutes(10))
        {
            yield return $"Model:BreakDuration is {options.BreakDuration}: it must lie between 00:00:00.5 and 00:10:00.";
        }

        if (options.MaxAnswerTokens is < 100 or > 32_000)
        {
            yield return $"Model:MaxAnswerTokens is {options.MaxAnswerTokens}: it must lie between 100 and 32000.";
        }

        if (options.MaxTicketTokens is < 100 or > 100_000)
        {
            yield return $"Model:MaxTicketTokens is {options.MaxTicketTokens}: it must lie between 100 and 100000.";
        }

        if (!IsPrice(options.InputPrice) || !IsPrice(options.OutputPrice))
        {
            yield return "Model:InputPrice and Model:OutputPrice must be 0 or more: what a million tokens cost.";
        }

        foreach (var (model, price) in options.Prices.Where(named => !IsPrice(named.Value.Input) || !IsPrice(named.Value.Output)))
        {
            yield return $"Model:Prices:{model} has Input {price.Input} and Output {price.Output}: "
                + "they must be 0 or more, what a million tokens cost.";
        }

        if (options.DailyTokens is < 0)
        {
            yield return $"Model:DailyTokens is {options.DailyTokens}: it must be 0 or more, or be left out for no limit.";
        }

        foreach (var (helpdesk, tokens) in options.DailyTokensOf.Where(own => own.Value < 0))
        {
            yield return $"Model:DailyTokensOf:{helpdesk} is {tokens}: it must be 0 or more.";
        }

        if (options.Temperature is < 0 or > 2 or float.NaN)
        {
            yield return $"Model:Temperature is {options.Temperature}: it must lie between 0 and 2, or be left out.";
        }
    }

    private static bool IsPrice(double price) => price is >= 0 and < double.PositiveInfinity;
}
