using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGuard.Keys;

namespace TagGuard.Jobs.Terminal;

/// <summary>The last line on stdout: one JSON object, which schedulers keep (Airflow pushes it to XCom).</summary>
static class ResultLine
{
    // Sentences hold quotes and other languages; the line goes to a log, not into HTML.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const int LongestText = 4_000;

    static readonly Lock Turn = new();

    /// <summary>The exit code in the line that was written; null before one was.</summary>
    public static ExitCode? Written { get; private set; }

    public static ExitCode Write(string verb, ExitCode exit, Action<JsonObject> fill)
    {
        var line = new JsonObject { ["verb"] = verb, ["exit"] = (int)exit };
        fill(line);
        Guard(line);
        using var text = new MemoryStream();
        // Through a writer: the serializer, which `ToJsonString` with options calls, takes a gate longer to load than its answer to read.
        using (var writer = new Utf8JsonWriter(text, Plain))
            line.WriteTo(writer);
        lock (Turn)
        {
            // Marks of direction are characters of JSON, which are shown as its escapes here: whoever reads the log sees what is stored.
            Console.Out.WriteLine(PlainText.Shown(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)));
            Written = exit;
        }
        return exit;
    }

    /// <summary>Texts without secrets, and not without end; the escapes are JSON's. A file of ours is named as it is.</summary>
    static void Guard(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            var names = new List<string>();
            foreach (var member in members)
                names.Add(member.Key);
            foreach (var name in names)
            {
                if (name != "report" && Guarded(members[name]) is { } text)
                    members[name] = text;
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (Guarded(items[i]) is { } text)
                    items[i] = text;
            }
        }
    }

    static string? Guarded(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            Guard(node);
            return null;
        }
        if (!value.TryGetValue(out string? text))
            return null;
        var hidden = ErrorConsole.Secrets.Hide(text);
        return hidden.Length <= LongestText ? hidden : string.Concat(hidden.AsSpan(0, LongestText), "…");
    }
}
