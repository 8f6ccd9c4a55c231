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
        ["dotnet TicketTriage.Host.dll connect {0} --yes makes webhook, trigger and fields in the helpdesk and writes the secret into a file."] =
            "dotnet TicketTriage.Host.dll connect {0} --yes legt Webhook, Auslöser und Felder im Helpdesk an und schreibt das Geheimnis in eine "
            + "Datei.",
        ["By hand: the webhook calls the address above with every new ticket and every customer reply; docs/ has the steps for each helpdesk."] =
            "Von Hand: Der Webhook ruft bei jedem neuen Ticket und jeder Antwort der Kundschaft die Adresse oben; docs/ hat die Schritte für "
            + "jeden Helpdesk.",
        ["To change the secret: put the one of now into Helpdesks:{0}:PreviousWebhookSecret and the new one into Helpdesks:{0}:WebhookSecret, start again, then change it in the helpdesk. Both count meanwhile. Empty the first key at the end."] =
            "Um das Geheimnis zu wechseln: Schreiben Sie das jetzige in Helpdesks:{0}:PreviousWebhookSecret und das neue in "
            + "Helpdesks:{0}:WebhookSecret, starten Sie neu und ändern Sie es dann im Helpdesk. Inzwischen gelten beide. Leeren Sie am Ende den "
            + "ersten Schlüssel.",
        ["A secret is being changed: the one before still counts."] = "Ein Geheimnis wird gewechselt: Das vorige gilt noch.",
        ["A new secret, shown this once and kept nowhere:"] = "Ein neues Geheimnis, nur dieses eine Mal zu sehen und nirgends gespeichert:",
        ["Make a new secret"] = "Neues Geheimnis machen",
    };
}
