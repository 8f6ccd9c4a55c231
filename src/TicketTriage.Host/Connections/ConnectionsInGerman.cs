namespace TicketTriage.Host.Connections;

/// <summary>The helpdesks' connections.</summary>
internal static class ConnectionsInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["No helpdesk is configured yet. Its keys stand under Helpdesks:<name>; docs/connect-zendesk.md and docs/connect-freshdesk.md lead through it."] =
            "Noch ist kein Helpdesk konfiguriert. Seine Schlüssel stehen unter Helpdesks:<name>; docs/connect-zendesk.md und "
            + "docs/connect-freshdesk.md führen hindurch.",
        ["waits for the helpdesk"] = "wartet auf den Helpdesk",
        ["no ticket has come yet"] = "noch kein Ticket gekommen",
        ["connected"] = "verbunden",
        ["Address"] = "Adresse",
        ["Webhook"] = "Webhook",
        ["Last new ticket"] = "Letztes neues Ticket",
        ["Last change written"] = "Letzte geschriebene Änderung",
        ["Changes read until"] = "Änderungen gelesen bis",
        ["Past imported"] = "Vergangenheit eingelesen",
        ["never"] = "nie",
        ["Calls that are left, by kind"] = "Verbleibende Aufrufe, nach Art",
        ["account"] = "Konto",
        ["update"] = "Änderungen",
        ["list"] = "Listen",
        ["export"] = "Ausfuhr",
        ["search"] = "Suche",
        ["{0} left, {1} a minute"] = "{0} übrig, {1} je Minute",
        ["Webhook and secret"] = "Webhook und Geheimnis",
        ["fails"] = "scheitert",
        ["Last failure"] = "Letzter Fehler",
        ["It has answered since."] = "Seither hat er geantwortet.",
        ["What to do: renew the credentials under Helpdesks:{0} and start again; the command check says whether they are taken. Tickets wait until then."] =
            "Was zu tun ist: Erneuern Sie die Zugangsdaten unter Helpdesks:{0} und starten Sie neu; der Befehl check sagt, ob sie angenommen "
            + "werden. Tickets warten so lange.",
        ["What to do: give the user of this service the right that is named, or live without it: docs/ says for each helpdesk what is missing then."] =
            "Was zu tun ist: Geben Sie dem Benutzer dieses Dienstes das genannte Recht, oder leben Sie ohne: docs/ sagt für jeden Helpdesk, was "
            + "dann fehlt.",
        ["What to do: put the helpdesk's own address into Helpdesks:{0}:BaseUrl and start again."] =
            "Was zu tun ist: Schreiben Sie die eigene Adresse des Helpdesks in Helpdesks:{0}:BaseUrl und starten Sie neu.",
        ["What to do: mend in the helpdesk what is named, and replay the ticket that is parked because of it."] =
            "Was zu tun ist: Beheben Sie im Helpdesk, was genannt ist, und spielen Sie das deshalb geparkte Ticket neu ein.",
        ["What to do: nothing at first, since calls are repeated and tickets wait up to three days. If it lasts, look at the helpdesk's own page of its state, and at the way there: name, proxy, certificate."] =
            "Was zu tun ist: zuerst nichts, denn Aufrufe werden wiederholt, und Tickets warten bis zu drei Tage. Dauert es an, sehen Sie auf der "
            + "Statusseite des Helpdesks nach und auf dem Weg dorthin: Name, Proxy, Zertifikat.",
        ["the helpdesk has asked for no calls until"] = "der Helpdesk bat um keine Aufrufe bis",
        ["All processes count together. A quarter stays free for work that somebody waits for; a ticket whose turn has not come waits, and nothing of it is lost."] =
            "Alle Prozesse zählen gemeinsam. Ein Viertel bleibt für Arbeit frei, auf die jemand wartet; ein Ticket, das noch nicht an der Reihe ist, "
            + "wartet, und nichts geht verloren.",
        ["Set up the webhook"] = "Den Webhook einrichten",
        ["By the command, which shows what it will make and asks:"] = "Mit dem Befehl, der zeigt, was er anlegt, und fragt:",
        ["By hand:"] = "Von Hand:",
        ["In Zendesk open Admin Center → Apps and integrations → Webhooks → Create webhook, and choose Zendesk events."] =
            "Öffnen Sie in Zendesk Admin Center → Apps und Integrationen → Webhooks → Webhook erstellen und wählen Sie Zendesk-Ereignisse.",
        ["Choose these ticket events: created, comment added, status changed, priority changed, agent assignment changed, group assignment changed, next SLA breach changed, SLA policy changed, merged, soft deleted, marked as spam."] =
            "Wählen Sie diese Ticket-Ereignisse: erstellt, Kommentar hinzugefügt, Status geändert, Priorität geändert, Agentenzuweisung geändert, "
            + "Gruppenzuweisung geändert, nächste SLA-Verletzung geändert, SLA-Richtlinie geändert, zusammengeführt, gelöscht, als Spam markiert.",
        ["Address, by POST and as JSON:"] = "Adresse, per POST und als JSON:",
        ["Show the webhook's signing secret and put it into {0}."] = "Zeigen Sie das Signaturgeheimnis des Webhooks an und schreiben Sie es in {0}.",
        ["Where the account has no ticket events: connect the webhook to two triggers that leave out the user of this service, one where a comment is present, one where status, assignee, group or priority is changed, both with this body:"] =
            "Wo das Konto keine Ticket-Ereignisse hat: Verbinden Sie den Webhook mit zwei Auslösern, die den Benutzer dieses Dienstes auslassen, "
            + "einem bei vorhandenem Kommentar, einem bei geändertem Status, Agenten, Gruppe oder Priorität, beide mit diesem Inhalt:",
        ["In Freshdesk open Admin → Workflows → Automations, and make three rules: on ticket creation; on updates by the requester (reply is sent, public note is added); on updates by an agent (reply is sent, status is changed, agent is updated)."] =
            "Öffnen Sie in Freshdesk Admin → Workflows → Automations und machen Sie drei Regeln: beim Erstellen eines Tickets; bei Änderungen durch "
            + "die Kundschaft (Antwort gesendet, öffentliche Notiz hinzugefügt); bei Änderungen durch Agenten (Antwort gesendet, Status geändert, "
            + "Agent geändert).",
        ["The action of each is Trigger webhook, by POST and as JSON, to:"] = "Die Aktion ist jeweils Trigger webhook, per POST und als JSON, an:",
        ["With the custom header X-TicketTriage-Token, which holds the same secret as {0}."] =
            "Mit dem eigenen Header X-TicketTriage-Token, in dem dasselbe Geheimnis steht wie in {0}.",
        ["With this body:"] = "Mit diesem Inhalt:",
        ["Write a ticket: within seconds it shows under Tickets, and Last new ticket above has its time."] =
            "Schreiben Sie ein Ticket: Binnen Sekunden steht es unter Tickets, und Letztes neues Ticket oben hat seine Zeit.",
        ["Change the secret"] = "Das Geheimnis wechseln",
        ["Put the secret of now into {0} and start again. It stands in the configuration, or in the file {1}."] =
            "Schreiben Sie das jetzige Geheimnis in {0} und starten Sie neu. Es steht in der Konfiguration oder in der Datei {1}.",
        ["In Zendesk open Admin Center → Apps and integrations → Webhooks → the webhook of this service, and reset its signing secret. From then on Zendesk signs with the new one; this service can't choose it."] =
            "Öffnen Sie in Zendesk Admin Center → Apps und Integrationen → Webhooks → den Webhook dieses Dienstes und setzen Sie sein "
            + "Signaturgeheimnis zurück. Von da an unterschreibt Zendesk mit dem neuen; dieser Dienst kann es nicht wählen.",
        ["Have the new secret read from Zendesk and put in its place:"] = "Lassen Sie das neue Geheimnis aus Zendesk lesen und an seinen Platz schreiben:",
        ["It goes into the file named above. A {0} in the configuration counts first: put the new one there, or take it out."] =
            "Es kommt in die oben genannte Datei. Ein {0} in der Konfiguration zählt zuerst: Schreiben Sie dort das neue hin, oder nehmen Sie es heraus.",
        ["Start again: both secrets count now. What Zendesk delivered between the reset and this start was refused, and is found within five minutes by asking what has changed."] =
            "Starten Sie neu: Nun gelten beide Geheimnisse. Was Zendesk zwischen Zurücksetzen und diesem Start zustellte, wurde abgelehnt und wird "
            + "binnen fünf Minuten durch Nachfragen gefunden.",
        ["Make a new secret here; it is shown once."] = "Machen Sie hier ein neues Geheimnis; es wird einmal gezeigt.",
        ["Put the secret of now into {0} and the new one into {1}, and start again: both count now."] =
            "Schreiben Sie das jetzige Geheimnis in {0} und das neue in {1} und starten Sie neu: Nun gelten beide.",
        ["Have the new one put into the automation rules:"] = "Lassen Sie das neue in die Automatisierungsregeln schreiben:",
        ["Where Freshdesk hides what stands in a rule, type it into the header X-TicketTriage-Token of the three rules yourself."] =
            "Wo Freshdesk verbirgt, was in einer Regel steht, tragen Sie es selbst in den Header X-TicketTriage-Token der drei Regeln ein.",
        ["An hour later empty {0} and start again: the old secret is worth nothing any more."] =
            "Leeren Sie eine Stunde später {0} und starten Sie neu: Das alte Geheimnis ist dann nichts mehr wert.",
        ["A secret is being changed: the one before still counts."] = "Ein Geheimnis wird gewechselt: Das vorige gilt noch.",
        ["A new secret, shown this once and kept nowhere:"] = "Ein neues Geheimnis, nur dieses eine Mal zu sehen und nirgends gespeichert:",
        ["Make a new secret"] = "Neues Geheimnis machen",
        ["Zendesk makes its signing secrets itself: the steps stand on the page Connections."] =
            "Zendesk macht seine Signaturschlüssel selbst: Die Schritte stehen auf der Seite Verbindungen.",
    };
}
