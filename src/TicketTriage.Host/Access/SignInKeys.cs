using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Host.Access;

/// <summary>
/// The keys of sign-in cookies and forms, in the database, so that each process opens what another has shut. They are bytes to it: an
/// erasure replaces words in texts, and would replace them in a key too.
/// </summary>
internal sealed class SignInKeys(NpgsqlDataSource database) : IXmlRepository
{
    public static void Add(IHostApplicationBuilder builder)
    {
        // It warns of keys that are not encrypted at rest, which is said in docs/privacy.md with the way to have them encrypted.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Before the start of Data Protection, which makes a key where it finds none.
        builder.Services.AddHostedService<SignInKeysStart>();
        builder.Services.AddDataProtection().SetApplicationName("TicketTriage");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, services) =>
        {
            if (services.GetService<NpgsqlDataSource>() is { } database)
            {
                keys.XmlRepository = new SignInKeys(database);
            }

            if (services.GetService<SecretBox>() is { IsUsed: true } box)
            {
                keys.XmlEncryptor = new SealedXml(box);
            }
        });
    }

    // Data Protection knows no asynchronous repository; it reads once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select key from sign_in_keys order by made_at, name");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
        {
            elements.Add(Read(reader.GetFieldValue<byte[]>(0)));
        }

        return elements;
    }

    /// <param name="friendlyName">As Data Protection names it, with the key's id: one name is one key for good.</param>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into sign_in_keys (name, key) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Write(element) });
        command.ExecuteNonQuery();
    }

    public static XElement Read(byte[] key) => XElement.Parse(Encoding.UTF8.GetString(key));

    public static byte[] Write(XElement element) => Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
}
