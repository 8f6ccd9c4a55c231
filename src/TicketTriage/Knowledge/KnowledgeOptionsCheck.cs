using Microsoft.Extensions.Options;

namespace TicketTriage.Knowledge;

/// <summary>Names each value that is out of its range, by its key.</summary>
internal sealed class KnowledgeOptionsCheck : IValidateOptions<KnowledgeOptions>
{
    public ValidateOptionsResult Validate(string? name, KnowledgeOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(KnowledgeOptions options)
    {
        if (options.LeastSupport is not (>= 0 and <= 1))
        {
            yield return $"Knowledge:LeastSupport is {options.LeastSupport}: it must lie between 0 and 1.";
        }

        if (options.LeastCover is not (>= 0 and <= 1))
        {
            yield return $"Knowledge:LeastCover is {options.LeastCover}: it must lie between 0 and 1.";
        }

        if (options.ReviewAfterDays is not (>= 0 and <= 3_650))
        {
            yield return $"Knowledge:ReviewAfterDays is {options.ReviewAfterDays}: it must lie between 0 and 3650; 0 is for never.";
        }

        foreach (var language in options.Languages.Where(language => language is not [>= 'a' and <= 'z', >= 'a' and <= 'z']))
        {
            yield return $"Knowledge:Languages has {language}: two letters such as de are expected.";
        }

        foreach (var (name, folder) in options.Folders)
        {
            var key = $"Knowledge:Folders:{name}";
            if (string.IsNullOrWhiteSpace(folder.Path))
            {
                yield return $"{key}:Path is missing: give the folder with the articles.";
            }

            if (folder.Language is { } language && language.Length != 2)
            {
                yield return $"{key}:Language is {language}: two letters such as de are expected.";
            }

            if (folder.Address is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || !address.AbsolutePath.EndsWith('/')))
            {
                yield return $"{key}:Address is {address}: an address that begins with https:// and ends with / is expected.";
            }
        }
    }
}
