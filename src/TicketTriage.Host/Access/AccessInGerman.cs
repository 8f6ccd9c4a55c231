namespace TicketTriage.Host.Access;

/// <summary>Keys and who may come in.</summary>
internal static class AccessInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Your session has ended"] = "Ihre Sitzung ist zu Ende",
        ["Nothing was saved yet, and nothing is lost: what you sent is kept on this page."] =
            "Noch wurde nichts gespeichert, und nichts ist verloren: Was Sie geschickt haben, steht auf dieser Seite.",
        ["Sign in in another tab"] = "Melden Sie sich in einem anderen Tab an",
        [", as the same person."] = ", als dieselbe Person.",
        ["Send it again"] = "Noch einmal senden",
        ["Access"] = "Zugang",
        ["A key needs a name of small letters, digits and - and one of the roles."] =
            "Ein Schlüssel braucht einen Namen aus Kleinbuchstaben, Ziffern und - und eine der Rollen.",
        ["There is a key of this name already: withdraw it first, or choose another name."] =
            "Einen Schlüssel dieses Namens gibt es schon: Ziehen Sie ihn zuerst zurück oder wählen Sie einen anderen Namen.",
        ["The new key, shown this once; only a hash of it is kept:"] =
            "Der neue Schlüssel, nur dieses eine Mal zu sehen; gespeichert wird nur sein Hash:",
        ["Keys"] = "Schlüssel",
        ["Role"] = "Rolle",
        ["Made"] = "Gemacht",
        ["Withdraw {0}"] = "{0} zurückziehen",
        ["Withdraw"] = "Zurückziehen",
        ["in the configuration"] = "in der Konfiguration",
        ["Make a key"] = "Schlüssel machen",
        ["Make it"] = "Machen",
        ["A withdrawn key opens nothing within seconds, and the sign-ins that came of it end."] =
            "Ein zurückgezogener Schlüssel öffnet nach Sekunden nichts mehr, und die Anmeldungen mit ihm enden.",
        ["Sign in with the company's account"] = "Mit dem Firmenkonto anmelden",
        ["or with a key"] = "oder mit einem Schlüssel",
        ["The company's provider let nobody in: it refused, or gives no role here."] =
            "Der Anbieter der Firma hat niemanden hereingelassen: Er lehnte ab oder gibt hier keine Rolle.",
    };
}
