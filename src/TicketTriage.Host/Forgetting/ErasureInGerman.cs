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
        ["Say whom to erase: by id, by address, or by their tickets."] = "Sagen Sie, wer gelöscht werden soll: nach Nummer, Adresse oder Tickets.",
        ["Nothing was erased: say that you are sure."] = "Nichts wurde gelöscht: Sagen Sie, dass Sie sicher sind.",
    };
}
