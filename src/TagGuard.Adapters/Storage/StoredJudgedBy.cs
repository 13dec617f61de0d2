using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TagGuard.Gates;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>What a stage was judged by, beside it in `run_stage`: `{"plan":"/etc/tagguard.yaml","checks":{"user tags":["c0ffee",214]},"shared":{"calendar":"beef"},"held_by":[]}`.</summary>
static class StoredJudgedBy
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text; null when nothing is known of the stage's definition, so that its gate stays closed.</summary>
    public static string? Of(StageResult stage)
    {
        if (stage.Definition is not { } definition)
            return null;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("plan", definition.PlanFile);
            json.WriteStartObject("checks");
            foreach (var check in stage.Checks)
            {
                json.WriteStartArray(check.Check);
                json.WriteStringValue(definition.Checks.GetValueOrDefault(check.Check, ""));
                json.WriteNumberValue(check.Judgements.Count);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteStartObject("shared");
            foreach (var (name, hash) in definition.Shared)
                json.WriteString(name, hash);
            json.WriteEndObject();
            json.WriteStartArray("held_by");
            foreach (var held in stage.Gate.HeldBy)
                json.WriteStringValue(held);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>What the text says; null when it is damaged, so that its gate stays closed.</summary>
    public static JudgedBy? Read(string stage, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var (checks, verdicts, shared, held) = (new Dictionary<string, string>(), new Dictionary<string, int>(), new Dictionary<string, string>(), new List<string>());
            foreach (var check in json.RootElement.GetProperty("checks").EnumerateObject())
            {
                checks.Add(check.Name, check.Value[0].GetString()!);
                verdicts.Add(check.Name, check.Value[1].GetInt32());
            }
            foreach (var one in json.RootElement.GetProperty("shared").EnumerateObject())
                shared.Add(one.Name, one.Value.GetString()!);
            foreach (var one in json.RootElement.GetProperty("held_by").EnumerateArray())
                held.Add(one.GetString()!);
            return new JudgedBy(new StageDefinition(stage, checks, shared, json.RootElement.GetProperty("plan").GetString()!), verdicts, held);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
