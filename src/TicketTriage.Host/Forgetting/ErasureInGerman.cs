namespace TicketTriage.Host.Forgetting;

/// <summary>The page on which a person is erased.</summary>
internal static class ErasureInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Erasure"] = "Löschung",
        ["Erases what is kept of one person: their tickets with every decision, draft and change, and whatever names them elsewhere. Erase them in the helpdesk first: what it tells of later is taken in anew."] =
            "Löscht, was von einem Menschen gespeichert ist: seine Tickets mit jeder Entscheidung, jedem Entwurf und jeder Änderung, und was ihn "
            + "sonst nennt. Löschen Sie ihn zuerst im Helpdesk: Was der später meldet, wird neu aufgenommen.",
        ["{0} tickets are erased. Keep the certificate: it is shown this once, and the audit has its hash."] =
            "{0} Tickets sind gelöscht. Bewahren Sie die Bescheinigung auf: Sie ist nur dieses eine Mal zu sehen, und das Protokoll hat ihren Hash.",
        ["Certificate"] = "Bescheinigung",
        ["The person's id in the helpdesk, or their address"] = "Die Nummer des Menschen im Helpdesk oder seine Adresse",
        ["Also these tickets, by number"] = "Auch diese Tickets, nach Nummern",
        ["I am sure: nothing of it can be brought back."] = "Ich bin sicher: Nichts davon lässt sich zurückholen.",
        ["Erase"] = "Löschen",
        ["Say whom to erase: by id, by address, by their tickets, or by words."] =
            "Sagen Sie, wer gelöscht werden soll: nach Nummer, Adresse, Tickets oder Wörtern.",
        ["Also these words, a line each, such as a name that somebody typed into a rule"] =
            "Auch diese Wörter, je eine Zeile, etwa ein Name, den jemand in eine Regel geschrieben hat",
        ["Copy it into a file now. Nothing of whom it was about stands in it."] =
            "Kopieren Sie sie jetzt in eine Datei. Wer gelöscht wurde, steht nicht darin.",
        ["What is erased"] = "Was gelöscht wird",
        ["All tickets of the person: which webhooks came, each decision with what was read, what models were sent and the draft, the changes and notes that were written, corrections, words on notes."] =
            "Alle Tickets des Menschen: welche Webhooks kamen, jede Entscheidung mit dem Gelesenen, dem an Modelle Geschickten und dem Entwurf, die "
            + "geschriebenen Änderungen und Notizen, Berichtigungen, Urteile über Notizen.",
        ["Which agent was given them and why, their clocks, escalations and the messages about these."] =
            "Welcher Agent sie bekam und warum, ihre Uhren, Eskalationen und die Nachrichten darüber.",
        ["What was imported of their past, and answers that were learnt from it."] =
            "Was von ihrer Vergangenheit eingelesen wurde, und daraus gelernte Antworten.",
        ["That they wrote along on others' tickets: those stay, without saying who it was."] =
            "Dass sie bei Tickets anderer mitschrieben: Diese bleiben und sagen nicht mehr, wer es war.",
        ["Their address, and each word that you name below, wherever it stands in a text of any table: rules, drafts of policies, articles, reasons, errors. [ERASED] takes its place."] =
            "Ihre Adresse und jedes Wort, das Sie hier nennen, wo immer es in einem Text einer Tabelle steht: Regeln, Entwürfe von Richtlinien, "
            + "Artikel, Begründungen, Fehler. [ERASED] tritt an seine Stelle.",
        ["Their name in the audit, if they have worked here too."] = "Ihr Name im Protokoll, falls sie auch hier gearbeitet haben.",
        ["What stays, and why"] = "Was bleibt, und warum",
        ["The helpdesk's own tickets: they are its, not ours. Erase the person there first, or what it tells of later is taken in anew."] =
            "Die Tickets im Helpdesk selbst: Sie gehören ihm, nicht uns. Löschen Sie den Menschen zuerst dort, sonst wird, was er später meldet, neu "
            + "aufgenommen.",
        ["A ticket's number, without anything else: so that nobody who is at work on it just now writes it back."] =
            "Die Nummer eines Tickets, ohne alles andere: damit niemand, der gerade daran arbeitet, es zurückschreibt.",
        ["The audit's lines, which hold ids and words of lists and no texts: a chain with a gap proves nothing any more."] =
            "Die Zeilen des Protokolls, die Nummern und Wörter aus Listen enthalten und keine Texte: Eine Kette mit Lücke beweist nichts mehr.",
        ["Sums of days, which count and name nobody; they are made anew without these tickets."] =
            "Tagessummen, die zählen und niemanden nennen; sie werden ohne diese Tickets neu gebildet.",
        ["Backups, until they expire: erase again after a restore. Logs, which hold ids and no texts."] =
            "Sicherungen, bis sie verfallen: Löschen Sie nach einer Wiederherstellung noch einmal. Logs, die Nummern enthalten und keine Texte.",
        ["What a model's provider keeps by its own contract: it was sent redacted text, and this service can't call it back."] =
            "Was der Anbieter eines Modells nach seinem Vertrag behält: Er bekam geschwärzten Text, und dieser Dienst kann ihn nicht zurückholen.",
        ["The certificate"] = "Die Bescheinigung",
        ["It says when, by whom, how many tickets and how many rows of which table, and nothing of the person. Its hash stands in the audit, so that it can be shown to be genuine:"] =
            "Sie sagt, wann, durch wen, wie viele Tickets und wie viele Zeilen welcher Tabelle, und nichts über den Menschen. Ihr Hash steht im "
            + "Protokoll, damit sich zeigen lässt, dass sie echt ist:",
        ["It is shown once and kept nowhere: copy it into a file. An erasure may be repeated, and finds what came in since."] =
            "Sie wird einmal gezeigt und nirgends aufbewahrt: Kopieren Sie sie in eine Datei. Eine Löschung lässt sich wiederholen und findet, was "
            + "seither kam.",
        ["Nothing was erased: say that you are sure."] = "Nichts wurde gelöscht: Sagen Sie, dass Sie sicher sind.",
    };

    /// <summary>Why nobody was erased; see <see cref="TicketTriage.Triages.Sentences"/>.</summary>
    public static IReadOnlyDictionary<string, string> Refusals { get; } = new Dictionary<string, string>
    {
        ["No helpdesk of the name {0} is configured; there is {1}."] = "Ein Helpdesk namens {0} ist nicht eingerichtet; es gibt {1}.",
        ["{0} knows no customer by this address (any more): name their id as it was, or their tickets."] =
            "{0} kennt niemanden (mehr) mit dieser Adresse: Nennen Sie die frühere Nummer oder die Tickets.",
        ["An erasure needs an id, a ticket or a word that says whom it is about."] =
            "Eine Löschung braucht eine Nummer, ein Ticket oder ein Wort, das sagt, um wen es geht.",
        ["\"{0}\" is too short to be replaced everywhere: a word needs {1} letters at least."] =
            "„{0}“ ist zu kurz, um überall ersetzt zu werden: Ein Wort braucht mindestens {1} Buchstaben.",
    };
}
