using System.Collections.Frozen;

namespace TicketTriage.Drafting;

/// <summary>
/// Places, carriers, ways to pay and makers that replies to customers speak of. German writes every noun large, so a name is known there
/// only by a list; what is on none, a company that hardly anybody knows, passes.
/// </summary>
internal static class KnownNames
{
    /// <summary>As the search folds words: ä is ae.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        Split("""
            deutschland germany oesterreich austria schweiz switzerland frankreich france spanien spain italien italy portugal polen
            poland tschechien czechia daenemark denmark schweden sweden norwegen norway finnland finland niederlande netherlands holland
            belgien belgium luxemburg luxembourg liechtenstein ungarn hungary kroatien croatia slowenien slovenia slowakei slovakia
            rumaenien romania bulgarien bulgaria griechenland greece zypern cyprus malta irland ireland island iceland grossbritannien
            britain england scotland schottland wales estland estonia lettland latvia litauen lithuania tuerkei ukraine russland russia
            serbien serbia bosnien usa amerika america kanada canada mexiko mexico brasilien brazil china japan indien india korea
            australien australia europa europe asien asia afrika africa berlin hamburg muenchen munich koeln cologne frankfurt stuttgart
            duesseldorf leipzig dortmund bremen dresden hannover nuernberg nuremberg duisburg bochum wuppertal bielefeld bonn muenster
            karlsruhe mannheim augsburg wiesbaden kiel luebeck rostock magdeburg erfurt mainz kassel saarbruecken potsdam freiburg ulm
            heidelberg regensburg wuerzburg wien vienna graz linz salzburg innsbruck zuerich zurich genf geneva basel bern lausanne
            london manchester birmingham leeds liverpool bristol sheffield edinburgh glasgow cardiff belfast dublin york oxford
            cambridge brighton nottingham newcastle southampton paris madrid barcelona rom rome mailand milan amsterdam rotterdam
            bruessel brussels kopenhagen copenhagen stockholm oslo helsinki warschau warsaw prag prague budapest lissabon lisbon athen
            athens boston chicago seattle bayern sachsen hessen thueringen brandenburg niedersachsen tirol dhl dpd gls ups fedex hermes
            evri tnt usps deutschepost royalmail postnord bpost paypal klarna visa mastercard amex maestro giropay sofortueberweisung
            bitcoin ethereum stripe skrill paysafecard wero twint applepay googlepay amazonpay ratepay riverty sepa sparkasse volksbank
            commerzbank postbank barclays hsbc lloyds santander revolut monzo n26 amazon ebay zalando google apple microsoft samsung
            sony bosch siemens miele philips nespresso ikea netflix spotify facebook instagram whatsapp telegram tiktok youtube twitter
            linkedin skype dropbox adobe android windows linux ubuntu debian macos ios chrome firefox gmail huawei xiaomi lenovo dell
            lego adidas puma
            """),
        StringComparer.Ordinal);

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
