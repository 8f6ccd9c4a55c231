using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using TicketTriage.Storage;

namespace TicketTriage.Host.Access;

/// <summary>Encrypts the keys of sign-in cookies and forms at rest.</summary>
internal sealed class SealedXml(SecretBox box) : IXmlEncryptor
{
    private const string Purpose = "sign-in";

    // As Data Protection marks what is secret in a key, and what became of it: a key of before is to read like one that it has encrypted
    // itself.
    private static readonly XNamespace Marks = "http://schemas.asp.net/2015/03/dataProtection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(box.Seal(Encoding.UTF8.GetBytes(plaintextElement.ToString()), Purpose))),
        typeof(Opener));

    /// <summary>Encrypts the secrets of a key that was stored without.</summary>
    /// <returns>False where there were none.</returns>
    public bool SealWhereOpen(XElement key)
    {
        var open = key.DescendantsAndSelf().Where(element => (bool?)element.Attribute(Marks + "requiresEncryption") == true).ToList();
        foreach (var secret in open)
        {
            var shut = Encrypt(secret);
            secret.ReplaceWith(new XElement(
                Marks + "encryptedSecret",
                new XAttribute("decryptorType", shut.DecryptorType.AssemblyQualifiedName ?? ""),
                shut.EncryptedElement));
        }

        return open.Count > 0;
    }

    /// <summary>Made by Data Protection, which keeps its name beside what was encrypted.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
            services.GetRequiredService<SecretBox>().Open(Convert.FromBase64String(encryptedElement.Value), Purpose)));
    }
}
