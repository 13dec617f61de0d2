using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TagGuard.Keys;

/// <summary>What a gateway of one's own wants posted: JSON, or a form, with places for what is told. What is put in stays a value, whatever it
/// holds.</summary>
public static partial class BodyTemplate
{
    /// <summary>Whether a template is of JSON, and not of a form.</summary>
    public static bool IsJson(string template) => template.AsSpan().TrimStart().StartsWith("{");

    /// <summary>What is wrong with a template, or null.</summary>
    public static string? MistakeIn(string template)
    {
        if (Place().Matches(template).Select(place => place.Groups[1].Value).FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
            return $"{{{unknown}}} is none of {string.Join(", ", Names.Select(name => $"{{{name}}}"))}.";
        if (!IsJson(template))
            return null;
        try
        {
            JsonNode.Parse(template);
            return null;
        }
        catch (JsonException fault)
        {
            return $"It begins with {{ and is no JSON: {fault.Message} Places stand within texts: \"{{title}}\".";
        }
    }

    /// <summary>A template with what is told in its places.</summary>
    /// <param name="template">The template.</param>
    /// <param name="valueOf">What stands in a place, by its name.</param>
    public static string Fill(string template, Func<string, string> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return IsJson(template)
            ? Filled(JsonNode.Parse(template)!, valueOf).ToJsonString()
            : Place().Replace(template, place => Uri.EscapeDataString(valueOf(place.Groups[1].Value)));
    }

    static readonly string[] Names = ["title", "text", "date", "plan", "state", "url", "id"];

    static JsonNode Filled(JsonNode node, Func<string, string> valueOf)
    {
        switch (node)
        {
            case JsonObject keys:
                foreach (var (key, value) in keys.Where(pair => pair.Value is not null).ToList())
                    keys[key] = Filled(value!.DeepClone(), valueOf);
                return keys;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is { } item)
                        items[i] = Filled(item.DeepClone(), valueOf);
                }
                return items;
            default:
                return node.GetValueKind() == JsonValueKind.String
                    ? JsonValue.Create(Place().Replace(node.GetValue<string>(), place => valueOf(place.Groups[1].Value)))
                    : node;
        }
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();
}
