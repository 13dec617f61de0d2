using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TagGuard.Phrases;

/// <summary>A phrase as it is stored: `{"is":"verdict.stale","days":2}`. Numbers come back to the last bit.</summary>
public static class PhraseJson
{
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Phrase phrase)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
            Write(json, phrase);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The phrase of a stored text; null when it is none, or of a form that a later version writes.</summary>
    public static Phrase? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static void Write(Utf8JsonWriter json, Phrase phrase)
    {
        json.WriteStartObject();
        if (phrase.AsText is { } text)
            json.WriteString("text", text);
        else if (phrase.AsJoined is { } joined)
            Write(json, "joined", joined);
        else
        {
            json.WriteString("is", phrase.Name);
            foreach (var (name, value) in phrase.Values)
                Write(json, name, value);
        }
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, object value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteStringValue(Figures.Number(number));
                break;
            case Phrase phrase:
                Write(json, phrase);
                break;
            case IReadOnlyList<Phrase> phrases:
                json.WriteStartArray();
                foreach (var phrase in phrases)
                    Write(json, phrase);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    static Phrase? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        if (json.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && !json.TryGetProperty("is", out _))
            return Phrase.Text(text.GetString()!);
        if (json.TryGetProperty("joined", out var joined) && ValueOf(joined) is IReadOnlyList<Phrase> phrases)
            return Phrase.Joined(phrases);
        if (!json.TryGetProperty("is", out var name) || name.ValueKind != JsonValueKind.String)
            return null;
        var values = json.EnumerateObject().Where(value => value.Name != "is").Select(value => (value.Name, Value: ValueOf(value.Value))).ToList();
        return values.TrueForAll(value => value.Value is not null) ? new Phrase(name.GetString()!, values) : null;
    }

    static object? ValueOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object => Read(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToList() is var list && list.TrueForAll(phrase => phrase is not null) ? list.Cast<Phrase>().ToList() : null,
        _ => null,
    };
}
