using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TagGuard.Phrases;

/// <summary>A phrase as it is stored: `{"is":"verdict.lack_average","days":2}`. Numbers come back to the last bit.</summary>
public static class PhraseJson
{
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json)? _used;

    public static string Write(Phrase phrase)
    {
        // A stage stores 100,000 of them: the buffers are used again.
        var (bytes, json) = _used ??= Begin();
        bytes.ResetWrittenCount();
        json.Reset();
        Write(json, phrase);
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static (ArrayBufferWriter<byte>, Utf8JsonWriter) Begin()
    {
        var bytes = new ArrayBufferWriter<byte>();
        return (bytes, new Utf8JsonWriter(bytes, Compact));
    }

    /// <summary>A stored phrase, or the English text beside it: an older program stored no
    /// phrase, and a newer one may say what this one does not know.</summary>
    public static Phrase Read(string? phrase, string text) => Known(Read(phrase), text);

    /// <summary>A phrase that was read, or the English text beside it when it is null or not known.</summary>
    public static Phrase Known(Phrase? phrase, string text) =>
        phrase is not null && Phrasebook.Of(Language.En).Knows(phrase) ? phrase : Phrase.Text(text);

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
            case double number:
                json.WriteNumberValue(number);
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
        JsonValueKind.Array => json.EnumerateArray().Select(Read).ToList() is var list && list.TrueForAll(phrase => phrase is not null)
            ? list.Cast<Phrase>().ToList()
            : null,
        _ => null,
    };
}
