namespace TicketTriage.Reading;

/// <summary>The kinds of personal data: they stand in placeholders such as <c>[EMAIL_1]</c>.</summary>
public static class PersonalTypes
{
    /// <summary>Passwords, access keys, tokens.</summary>
    public const string Credentials = "CREDENTIALS";
    public const string Email = "EMAIL";
    public const string Iban = "IBAN";
    public const string Card = "CARD";

    /// <summary>The number that a tax office gave a person.</summary>
    public const string TaxId = "TAX_ID";

    /// <summary>The number that a social insurance gave a person.</summary>
    public const string SocialSecurity = "SOCIAL_SECURITY";
    public const string VatId = "VAT_ID";
    public const string Ip = "IP";

    /// <summary>Street and number, with postcode and place where they follow.</summary>
    public const string Address = "ADDRESS";
    public const string BirthDate = "BIRTH_DATE";
    public const string Phone = "PHONE";

    /// <summary>A car's registration.</summary>
    public const string Plate = "PLATE";
    public const string Person = "PERSON";
}
