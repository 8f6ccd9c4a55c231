using Microsoft.Extensions.Options;

namespace TicketTriage.Storage;

/// <summary>How secrets that the service makes for itself are kept: the keys under <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// A file with 32 random bytes in Base64 (<c>openssl rand -base64 32</c>), the same for all processes. With it the keys of links and of
    /// sign-in cookies are encrypted at rest; without it they are not.
    /// </summary>
    public string? KeyFile { get; set; }
}

/// <summary>Says what is wrong with the file, and never what is in it.</summary>
internal sealed class SecretsOptionsCheck : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.KeyFile))
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            SecretBox.ReadKey(options.KeyFile);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return ValidateOptionsResult.Fail(
                $"Secrets:KeyFile is {options.KeyFile}, which can't be used ({e.Message}): make it with 'openssl rand -base64 32 > FILE'.");
        }
    }
}
