namespace TicketTriage.Host.Today;

/// <summary>The page of the day.</summary>
internal static class TodayInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["came in"] = "gekommen",
        ["wait"] = "warten",
        ["the oldest was due {0} ago"] = "das älteste ist seit {0} fällig",
        ["at risk, not taken"] = "gefährdet, nicht übernommen",
        ["written back"] = "zurückgeschrieben",
        ["for a person"] = "für einen Menschen",
        ["for a person, in seven days"] = "für einen Menschen, in sieben Tagen",
        ["parked"] = "geparkt",
        ["corrected"] = "berichtigt",
        ["spent on the model"] = "für das Modell ausgegeben",
        ["tokens of the model"] = "Token des Modells",
        ["{0} or more"] = "{0} oder mehr",
        ["Tickets an hour, the last 24 hours"] = "Tickets je Stunde, die letzten 24 Stunden",
        ["decided"] = "entschieden",
        ["What needs a person"] = "Was einen Menschen braucht",
        ["Nothing. What is parked, unclear or held by a rule shows here."] = "Nichts. Geparktes, Unklares und von Regeln Angehaltenes steht hier.",
        ["All unclear or held"] = "Alle unklaren und angehaltenen",
        ["All parked"] = "Alle geparkten",
        ["There is more: the latest {0} are shown."] = "Es gibt mehr: Die letzten {0} sind zu sehen.",
        ["At risk"] = "Gefährdet",
        ["Nothing is at risk that nobody has taken."] = "Nichts ist gefährdet, was niemand übernommen hat.",
        ["due {0}"] = "fällig {0}",
        ["held"] = "angehalten",
        ["level {0}"] = "Stufe {0}",
        ["The last seven days"] = "Die letzten sieben Tage",
        ["Tickets a day"] = "Tickets am Tag",
        ["Day"] = "Tag",
        ["today"] = "heute",
        ["at risk"] = "gefährdet",
        ["Cost"] = "Kosten",
        ["Tokens"] = "Token",
        ["Days by UTC. Waiting and parked tickets stand at the day on which they came, escalations at the day on which they were opened."] =
            "Tage nach UTC. Wartende und geparkte Tickets stehen bei dem Tag, an dem sie kamen, Eskalationen bei dem, an dem sie begannen.",
        ["Since midnight, UTC"] = "Seit Mitternacht, UTC",
    };
}
