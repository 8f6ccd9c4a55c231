using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TicketTriage.Host.Policies.Parts;

/// <summary>A policy document as forms edit it, part by part. Whether it means anything the lint says afterwards.</summary>
internal sealed class PartDocument
{
    private readonly JsonObject root;

    private PartDocument(JsonObject root) => this.root = root;

    /// <param name="json">A document that the lint has let pass.</param>
    public static PartDocument Read(string json) =>
        JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }) is JsonObject root
            ? new PartDocument(root)
            : throw new InvalidOperationException("The draft is no document with parts.");

    /// <param name="at">Its place from 0, or its name.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public JsonObject? Find(PolicyPart part, string at) => part switch
    {
        { IsWhole: true } => root,
        { IsNamed: true } => Named(part)[at] as JsonObject,
        _ => Rows(part).FindRow(PlaceOf(at)),
    };

    /// <param name="at">Empty for a new one.</param>
    /// <param name="name">Of one with a name; it may be another than before.</param>
    /// <exception cref="FormatException">The name is missing, or another has it.</exception>
    public void Put(PolicyPart part, string at, string name, JsonObject value)
    {
        if (part.IsWhole)
        {
            foreach (var member in value.ToList())
            {
                root[member.Key] = member.Value?.DeepClone();
            }
        }
        else if (part.IsNamed)
        {
            PutNamed(part, at, name, value);
        }
        else if (part.IsOrdered && at.Length == 0)
        {
            // What is asked last has to fit everything, so a new one can't come after it.
            Rows(part).Insert(0, value);
        }
        else
        {
            Rows(part).PutRow(at.Length == 0 ? null : PlaceOf(at), value);
        }
    }

    public bool Remove(PolicyPart part, string at) =>
        !part.IsWhole && (part.IsNamed ? Named(part).Remove(at) : Rows(part).RemoveRow(PlaceOf(at)));

    public bool Move(PolicyPart part, string at, string to) => part.IsOrdered && Rows(part).MoveRow(PlaceOf(at), PlaceOf(to));

    public string ToJson() => root.ToJsonString();

    private static int PlaceOf(string at) => int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1;

    private void PutNamed(PolicyPart part, string at, string name, JsonObject value)
    {
        if (name.Length == 0)
        {
            throw new FormatException("A name is missing: others are told of it by its name.");
        }

        var members = Named(part).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).ToList();
        var known = members.FindIndex(member => member.Key == at);
        if (members.FindIndex(member => member.Key == name) is >= 0 and var other && other != known)
        {
            throw new FormatException($"There is {name} already; take another name.");
        }

        var member = KeyValuePair.Create(name, (JsonNode?)value);
        if (known < 0)
        {
            members.Add(member);
        }
        else
        {
            members[known] = member;
        }

        root[part.Property] = new JsonObject(members);
    }

    private JsonArray Rows(PolicyPart part)
    {
        if (root[part.Property] is JsonArray rows)
        {
            return rows;
        }

        var made = new JsonArray();
        root[part.Property] = made;
        return made;
    }

    private JsonObject Named(PolicyPart part)
    {
        if (root[part.Property] is JsonObject named)
        {
            return named;
        }

        var made = new JsonObject();
        root[part.Property] = made;
        return made;
    }
}
