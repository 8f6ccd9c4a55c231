namespace TicketTriage.Host.Escalations;

/// <summary>What is at risk, and who has it.</summary>
internal static class EscalationsInGerman
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["Escalations"] = "Eskalationen",
        ["All escalations"] = "Alle Eskalationen",
        ["Escalations that are over"] = "Eskalationen, die vorbei sind",
        ["Nobody has taken them"] = "Von niemandem übernommen",
        ["In somebody's hands"] = "In jemandes Händen",
        ["Over or passed on, the latest"] = "Vorbei oder weitergegeben, die neuesten",
        ["What each was good for is judged by rule once its cause is over. Say otherwise where you know better: the statistics count your word."] =
            "Wozu jede gut war, beurteilt eine Regel, sobald ihr Grund vorbei ist. Widersprechen Sie, wo Sie es besser wissen: "
            + "Die Statistik zählt Ihr Wort.",
        ["Cause"] = "Grund",
        ["Who was told"] = "Wer benachrichtigt wurde",
        ["Since"] = "Seit",
        ["Target"] = "Ziel",
        ["How it stands"] = "Stand",
        ["{0} ago"] = "vor {0}",
        ["I have it"] = "Ich übernehme",
        ["I have it: {0}, {1}"] = "Ich übernehme: {0}, {1}",
        ["No level has taken it since"] = "Keine Stufe hat es übernommen seit",
        ["The next level hears of it at"] = "Die nächste Stufe erfährt davon um",
        ["passed to the next level"] = "an die nächste Stufe gegeben",
        ["closed"] = "vorbei",
        ["by the word of {0}"] = "nach dem Wort von {0}",
        ["Correct the outcome"] = "Ausgang berichtigen",
        ["What it was good for"] = "Wozu sie gut war",
        ["A lower level could have solved it"] = "Eine niedrigere Stufe hätte es lösen können",
        ["as it stands"] = "wie es steht",
        ["prevented"] = "verhindert",
        ["missed"] = "verfehlt",
        ["It is taken, raised to another level, or over. The page shows how it stands now."] =
            "Sie ist übernommen, an eine andere Stufe gegangen oder vorbei. Die Seite zeigt, wie es jetzt steht.",
        ["It is not over yet"] = "Sie ist noch nicht vorbei",
        ["What it was good for can be said once what caused it is over."] = "Wozu sie gut war, lässt sich sagen, sobald ihr Grund vorbei ist.",
        ["This link leads nowhere"] = "Dieser Link führt nirgendwohin",
        ["It is not one of ours, or not complete. Take the ticket in the helpdesk instead."] =
            "Er ist keiner von uns oder nicht vollständig. Übernehmen Sie das Ticket stattdessen im Helpdesk.",
        ["It is yours"] = "Es gehört Ihnen",
        ["Nothing is open any more"] = "Nichts ist mehr offen",
        ["Nobody else is told of it now."] = "Nun wird niemand sonst benachrichtigt.",
        ["Somebody has taken it before, or it is over; look into the ticket to see how it stands."] =
            "Jemand hat es schon übernommen, oder es ist vorbei; im Ticket steht, wie es damit ist.",
        ["One ticket needs somebody"] = "Ein Ticket braucht jemanden",
        ["{0} tickets need somebody"] = "{0} Tickets brauchen jemanden",
        ["I have them all"] = "Ich übernehme alle",
        ["I have this one"] = "Ich übernehme dieses",
        [", due {0}"] = ", fällig am {0}",
        ["first reply"] = "erste Antwort",
        ["next reply"] = "nächste Antwort",
        ["periodic update"] = "regelmäßige Nachricht",
        ["requester wait"] = "Wartezeit",
        ["agent work"] = "Bearbeitungszeit",
        ["resolution"] = "Lösung",
        ["wants person"] = "will einen Menschen",
        ["may leave"] = "droht zu gehen",
        ["legal"] = "rechtliche Schritte",
        ["important customer"] = "wichtige Kundschaft",
        ["payment stop"] = "stoppt Zahlungen",
        ["Choose one of the outcomes of the list."] = "Wählen Sie einen Ausgang aus der Liste.",
    };
}
