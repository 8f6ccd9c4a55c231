namespace TicketTriage.Escalations;

/// <summary>How people are reached when a ticket is at risk. Who is reached when stands in the matrix.</summary>
public sealed class EscalationOptions
{
    public const string Section = "Escalations";

    /// <summary>Whether tickets are watched at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where people reach this service, for the links in messages; without it messages have none.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>A JSON file with the escalation matrix, read again when it changes; without it the shipped one counts.</summary>
    public string? MatrixFile { get; set; }

    /// <summary>A JSON file with the service level policy, read again when it changes; without it the shipped one counts.</summary>
    public string? ServiceLevelsFile { get; set; }

    /// <summary>By the names that the matrix has for them: where to reach each.</summary>
    public Dictionary<string, ContactOptions> People { get; init; } = [];

    public MailOptions Mail { get; set; } = new();

    /// <summary>An address that gets every message of a level with <c>webhook</c>, as signed JSON.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Signs the calls to <see cref="WebhookUrl"/>; 24 characters or more.</summary>
    public string? WebhookSecret { get; set; }
}

/// <summary>Where somebody is reached.</summary>
public sealed class ContactOptions
{
    public string? Email { get; set; }

    /// <summary>An incoming webhook of Slack or Teams.</summary>
    public Uri? ChatUrl { get; set; }
}

/// <summary>The mail server.</summary>
public sealed class MailOptions
{
    /// <summary>Without one no mail is sent.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? From { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>Whether the server has to offer STARTTLS.</summary>
    public bool UseTls { get; set; } = true;
}
