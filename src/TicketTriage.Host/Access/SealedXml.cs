using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using TicketTriage.Storage;

namespace TicketTriage.Host.Access;

/// <summary>Encrypts the keys of sign-in cookies and forms, which lie as files in the data directory.</summary>
internal sealed class SealedXml(SecretBox box) : IXmlEncryptor
{
    private const string Purpose = "sign-in";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(box.Seal(Encoding.UTF8.GetBytes(plaintextElement.ToString()), Purpose))),
        typeof(Opener));

    /// <summary>Made by Data Protection, which keeps its name beside what was encrypted.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
            services.GetRequiredService<SecretBox>().Open(Convert.FromBase64String(encryptedElement.Value), Purpose)));
    }
}
