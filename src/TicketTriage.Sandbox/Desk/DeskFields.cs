using System.Globalization;

namespace TicketTriage.Sandbox.Desk;

/// <summary>The custom fields of tickets, in the order in which they were made.</summary>
internal sealed class DeskFields(TimeProvider clock)
{
    private const long FirstFieldId = 8_447_420_150_001;

    private readonly Lock gate = new();
    private IReadOnlyList<SandboxField> all = [];
    private long made;

    public IReadOnlyList<SandboxField> All
    {
        get
        {
            lock (gate)
            {
                return all;
            }
        }
    }

    public SandboxField Add(NewField wanted)
    {
        lock (gate)
        {
            var field = new SandboxField(FirstFieldId + made++, NameOf(wanted.Title), wanted.Title, wanted.Kind, wanted.Choices)
            {
                Description = wanted.Description,
                ChoiceNames = wanted.ChoiceNames,
                CreatedAt = clock.GetUtcNow(),
            };
            if (all.Any(known => known.Name == field.Name))
            {
                // As at Freshdesk, where two fields may have one label and never one name.
                field = field with { Name = string.Create(CultureInfo.InvariantCulture, $"{field.Name}{field.Id % 1_000_000}") };
            }

            all = [.. all, field];
            return field;
        }
    }

    public void Replace(SandboxField changed)
    {
        lock (gate)
        {
            all = [.. all.Select(field => field.Id == changed.Id ? changed : field)];
        }
    }

    public SandboxField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    public SandboxField? Find(long id) => All.FirstOrDefault(field => field.Id == id);

    private static string NameOf(string title) =>
        string.Concat(title.Trim().ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
