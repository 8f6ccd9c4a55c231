namespace TicketTriage.Chaos.Helpdesks;

/// <summary>What customers write: enough for every step of a triage to have something to do.</summary>
internal static class Phrases
{
    private static readonly (string Subject, string Text)[] All =
    [
        ("Rechnung doppelt abgebucht", "Guten Tag, der Betrag meiner letzten Rechnung wurde zweimal abgebucht. Bitte erstatten Sie ihn."),
        ("Where is my parcel?", "Hello, my order was to arrive on Monday and the tracking page has not moved since. Can you look into it?"),
        ("App stürzt beim Anmelden ab", "Seit dem letzten Update schließt sich die App sofort, wenn ich mich anmelden will. Ich brauche sie heute noch."),
        ("Change of a booking", "We booked a table for four and will be six. Could you tell me whether that is possible on the same evening?"),
        ("Passwort vergessen", "Ich komme nicht mehr in mein Konto, und die E-Mail zum Zurücksetzen kommt nicht an."),
        ("This is the third time I ask", "Nobody has answered me for a week. The device is still broken and I want my money back."),
        ("Kündigung", "Hiermit möchte ich meinen Vertrag zum nächstmöglichen Termin beenden. Bitte bestätigen Sie mir das."),
        ("Question about a feature", "Is there a way to export all entries as a table? I did not find it in the settings."),
    ];

    public static (string Subject, string Text) Choose(int number) => All[number % All.Length];
}
