using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace TicketTriage.Forgetting;

/// <summary>Names each value that is out of its range, by its key.</summary>
internal sealed class RetentionOptionsCheck : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var faults = (
            from property in typeof(RetentionOptions).GetProperties()
            let range = property.GetCustomAttribute<RangeAttribute>()
            where range is not null && !range.IsValid(property.GetValue(options))
            select $"{RetentionOptions.Section}:{property.Name} is {property.GetValue(options)}: "
                + $"it must lie between {range.Minimum} and {range.Maximum} days.").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
