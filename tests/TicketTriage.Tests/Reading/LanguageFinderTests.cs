using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Reading;

public sealed class LanguageFinderTests
{
    [TestCase("Wo bleibt mein Paket?", ExpectedResult = "de")]
    [TestCase("Bitte stornieren Sie meine Buchung.", ExpectedResult = "de")]
    [TestCase("Die Rechnung stimmt nicht", ExpectedResult = "de")]
    [TestCase("Passwort vergessen, was tun?", ExpectedResult = "de")]
    [TestCase("Ich komme seit heute früh nicht mehr in mein Konto", ExpectedResult = "de")]
    [TestCase("Schirm zerbrochen angekommen", ExpectedResult = "de")]
    [TestCase("ich warte schon seit drei wochen auf die ware", ExpectedResult = "de")]
    [TestCase("Gerät startet nicht", ExpectedResult = "de")]
    [TestCase("Vielen Dank für die schnelle Hilfe!", ExpectedResult = "de")]
    [TestCase("Where is my parcel?", ExpectedResult = "en")]
    [TestCase("Please cancel my booking.", ExpectedResult = "en")]
    [TestCase("The invoice is wrong", ExpectedResult = "en")]
    [TestCase("Forgot my password, what now?", ExpectedResult = "en")]
    [TestCase("I can't get into my account since this morning", ExpectedResult = "en")]
    [TestCase("The shade arrived in pieces", ExpectedResult = "en")]
    [TestCase("i have been waiting three weeks for my stuff", ExpectedResult = "en")]
    [TestCase("Device won't start", ExpectedResult = "en")]
    [TestCase("Thanks a lot for the quick help!", ExpectedResult = "en")]
    [TestCase("Bonjour, je n'ai toujours pas reçu ma commande.", ExpectedResult = "fr")]
    [TestCase("Pouvez-vous annuler ma réservation ?", ExpectedResult = "fr")]
    [TestCase("Hola, todavía no he recibido mi pedido.", ExpectedResult = "es")]
    [TestCase("¿Pueden cancelar mi reserva, por favor?", ExpectedResult = "es")]
    [TestCase("Buongiorno, non ho ancora ricevuto il mio ordine.", ExpectedResult = "it")]
    [TestCase("Potete annullare la mia prenotazione?", ExpectedResult = "it")]
    [TestCase("Goedemorgen, ik heb mijn bestelling nog niet ontvangen.", ExpectedResult = "nl")]
    [TestCase("Kunt u mijn boeking annuleren?", ExpectedResult = "nl")]
    [TestCase("Bom dia, ainda não recebi a minha encomenda.", ExpectedResult = "pt")]
    [TestCase("Podem cancelar a minha reserva?", ExpectedResult = "pt")]
    [TestCase("Dzień dobry, nie otrzymałem jeszcze mojego zamówienia.", ExpectedResult = "pl")]
    [TestCase("Czy mogą państwo anulować moją rezerwację?", ExpectedResult = "pl")]
    [TestCase("Hej, jag har inte fått min beställning.", ExpectedResult = "sv")]
    [TestCase("Kan jeg ændre min ordre?", ExpectedResult = "da")]
    [TestCase("Dobrý den, kde je moje zásilka?", ExpectedResult = "cs")]
    [TestCase("Siparişim hala gelmedi, teşekkürler", ExpectedResult = "tr")]
    [TestCase("Hei, en ole saanut tilaustani.", ExpectedResult = "fi")]
    [TestCase("Jó napot, mikor érkezik a csomagom?", ExpectedResult = "hu")]
    [TestCase("Bună ziua, nu am primit comanda.", ExpectedResult = "ro")]
    public string Short_messages_are_told_apart(string text) => LanguageFinder.Find(text).Value;

    [TestCase("Мы ждём заказ уже три недели.", ExpectedResult = "ru")]
    [TestCase("Де моє замовлення, коли його привезуть?", ExpectedResult = "uk")]
    [TestCase("Къде е поръчката ми? Не съм я получил.", ExpectedResult = "bg")]
    [TestCase("Πού είναι το δέμα μου;", ExpectedResult = "el")]
    [TestCase("我的包裹在哪里", ExpectedResult = "zh")]
    [TestCase("荷物はどこですか", ExpectedResult = "ja")]
    [TestCase("제 소포는 어디에 있나요?", ExpectedResult = "ko")]
    [TestCase("أين طردي؟ لم يصل بعد", ExpectedResult = "ar")]
    public string Other_scripts_are_told_by_their_letters(string text) => LanguageFinder.Find(text).Value;

    [Test]
    public void Letters_that_many_languages_share_are_a_guess()
    {
        Assert.That(LanguageFinder.Find("Где мой заказ?").Confidence, Is.LessThan(LanguageFinder.Unsure));
        Assert.That(LanguageFinder.Find("Где мой заказ?", ["de", "en"]).Value, Is.EqualTo(Finding.Unclear));
        Assert.That(LanguageFinder.Find("Мы ждём наш заказ уже три недели. Where is it now?").Confidence, Is.LessThan(LanguageFinder.Unsure));
    }

    [TestCase("")]
    [TestCase("12345 / 99")]
    [TestCase("😀😀")]
    [TestCase("x@y.example file_1.pdf AB12")]
    public void Without_a_word_to_go_by_nothing_is_claimed(string text)
    {
        var found = LanguageFinder.Find(text);

        Assert.That(found.Value, Is.EqualTo(Finding.Unclear));
        Assert.That(found.Confidence, Is.Zero);
    }

    [TestCase("Kus mu pakk praegu viibib")]
    [TestCase("Nerasta mano siuntinio")]
    [TestCase("Ok")]
    public void A_guess_is_called_one(string text)
    {
        Assert.That(LanguageFinder.Find(text).Confidence, Is.LessThan(LanguageFinder.Unsure));
    }

    [Test]
    public void Longer_texts_are_sure()
    {
        Assert.That(
            LanguageFinder.Find("Ich habe die Lampe am Montag bestellt und sie ist bis heute nicht angekommen.").Confidence,
            Is.GreaterThan(0.95));
    }

    [Test]
    public void Only_the_languages_of_the_team_come_into_question()
    {
        Assert.That(LanguageFinder.Find("Kunt u mijn boeking annuleren?", ["de", "en"]).Value, Is.AnyOf("de", "en"));
    }

    [Test]
    public void Any_text_gets_an_answer_between_nothing_and_certainty([Random(0, int.MaxValue, 40)] int seed)
    {
        var chance = new Random(seed);
        var text = new string([.. Enumerable.Range(0, 60).Select(_ => (char)chance.Next(1, 0xFFFF))]);

        Assert.That(LanguageFinder.Find(text).Confidence, Is.InRange(0, 1));
    }
}
