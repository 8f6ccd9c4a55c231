using Microsoft.Extensions.Options;

namespace TicketTriage.Policies;

/// <summary>Refuses a policy file that can't serve, before anything starts.</summary>
internal static class PolicyFileCheck
{
    /// <param name="key">The setting that names the file.</param>
    /// <param name="file">Empty where none is configured, which is no fault.</param>
    /// <param name="read">Reads the file, and throws what <see cref="PolicyDocuments"/> throws where it is faulty.</param>
    public static ValidateOptionsResult Check<T>(string key, string? file, Func<string, T> read)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            read(file);
            return ValidateOptionsResult.Success;
        }
        catch (PolicyFaultyException exception)
        {
            return ValidateOptionsResult.Fail(exception.Faults.Select(fault => $"{key}: {fault}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{key}: {file} can't be read: {exception.Message}");
        }
    }
}
