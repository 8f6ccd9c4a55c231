namespace TicketTriage.Host.Access;

/// <summary>Keys and who may come in.</summary>
internal static class AccessInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Your session has ended"] = "Ihre Sitzung ist zu Ende",
        ["Nothing was saved yet, and nothing is lost: what you sent is kept on this page."] =
            "Noch wurde nichts gespeichert, und nichts ist verloren: Was Sie geschickt haben, steht auf dieser Seite.",
        ["Reload this page to sign in anew. If it comes back, your account has no role here: tell whoever runs the service."] =
            "Laden Sie diese Seite neu, um sich wieder anzumelden. Kommt sie wieder, hat Ihr Konto hier keine Rolle: Wenden Sie sich an den "
            + "Betrieb.",
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
        ["That can't be done like this"] = "So geht das nicht",
        ["That is too much at once"] = "Das ist zu viel auf einmal",
        ["That was too often"] = "Das war zu oft",
        ["Not available at the moment"] = "Gerade nicht erreichbar",
        ["Something went wrong here"] = "Hier ist etwas schiefgegangen",
        ["To the first page"] = "Zur ersten Seite",
        ["Nothing is here."] = "Hier ist nichts.",
        ["More was sent than is taken at once; send less of it."] = "Es kam mehr an, als auf einmal angenommen wird; schicken Sie weniger.",
        ["The database doesn't answer. Look in a moment whether it was done, and try again."] =
            "Die Datenbank antwortet nicht. Sehen Sie gleich nach, ob es getan ist, und versuchen Sie es noch einmal.",
        ["It is in the service's log with its cause. Try again; if it stays so, tell whoever runs the service when it happened."] =
            "Es steht mit seiner Ursache im Log des Dienstes. Versuchen Sie es noch einmal; bleibt es so, sagen Sie dem Betrieb, "
            + "wann es war.",
        ["The request can't be understood; open the page again and repeat it."] =
            "Die Anfrage ist nicht zu verstehen; öffnen Sie die Seite neu und wiederholen Sie es.",
        ["The form is too old or was not sent from our own page; open the page again and repeat it."] =
            "Das Formular ist zu alt oder kam nicht von unserer eigenen Seite; öffnen Sie die Seite neu und wiederholen Sie es.",
        ["That was too often; wait a minute and try again."] = "Das war zu oft; warten Sie eine Minute und versuchen Sie es noch einmal.",
        ["Files that you chose are not kept: choose them once more."] =
            "Gewählte Dateien werden nicht aufgehoben: Wählen Sie sie noch einmal.",
        ["Nothing was saved: this form takes {0} MB, and {1} MB were sent."] =
            "Nichts wurde gespeichert: Dieses Formular nimmt {0} MB, geschickt wurden {1} MB.",
        ["What you typed stands below: copy it, shorten it or send it in parts."] =
            "Was Sie geschrieben haben, steht unten: Kopieren Sie es, kürzen Sie es oder schicken Sie es in Teilen.",
        ["Go back in your browser, copy what you typed, and shorten it or send it in parts."] =
            "Gehen Sie im Browser zurück, kopieren Sie, was Sie geschrieben haben, und kürzen Sie es oder schicken Sie es in Teilen.",
    };
}
