using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>How lists of days and of series are written in the tables, as compact JSON: the same in every store.</summary>
static class StoredJson
{
    // Tag ids are full of quotes and Chinese; escaped, they would be neither short nor readable.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Days as `[["2011-11-14",1200],…]`.</summary>
    public static string Of(IReadOnlyList<Day> days) => days.Count == 0 ? "[]" : Written(json =>
    {
        foreach (var day in days)
        {
            json.WriteStartArray();
            json.WriteStringValue(StoredText.Of(day.Date));
            json.WriteNumberValue(day.Value);
            json.WriteEndArray();
        }
    });

    public static IReadOnlyList<Day> Days(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(day => new Day(StoredText.Date(day[0].GetString()!), day[1].GetDouble()))];
    }

    /// <summary>Series as `[["check","metric","key"],…]`.</summary>
    public static string Of(IEnumerable<SeriesId> series) => Written(json =>
    {
        foreach (var id in series)
        {
            json.WriteStartArray();
            json.WriteStringValue(id.Check);
            json.WriteStringValue(id.Metric);
            json.WriteStringValue(id.Key);
            json.WriteEndArray();
        }
    });

    public static IReadOnlyList<SeriesId> Series(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(id => new SeriesId(id[0].GetString()!, id[1].GetString()!, id[2].GetString()!))];
    }

    /// <summary>Texts as `["key",…]`.</summary>
    public static string Of(IReadOnlyList<string> texts) => texts.Count == 0 ? "[]" : Written(json =>
    {
        foreach (var text in texts)
            json.WriteStringValue(text);
    });

    public static IReadOnlyList<string> Texts(string text)
    {
        using var json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(one => one.GetString()!)];
    }

    static string Written(Action<Utf8JsonWriter> elements)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartArray();
            elements(json);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
