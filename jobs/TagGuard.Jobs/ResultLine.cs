using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TagGuard.Jobs;

/// <summary>The last line on stdout: one JSON object, which schedulers keep (Airflow pushes it to XCom).</summary>
static class ResultLine
{
    // Sentences hold quotes and other languages; the line goes to a log, not into HTML.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Lock Turn = new();

    /// <summary>The exit code in the line that was written; null before one was.</summary>
    public static ExitCode? Written { get; private set; }

    public static ExitCode Write(string verb, ExitCode exit, Action<JsonObject> fill)
    {
        var line = new JsonObject { ["verb"] = verb, ["exit"] = (int)exit };
        fill(line);
        using var text = new MemoryStream();
        // Through a writer: the serializer, which `ToJsonString` with options calls, takes a gate longer to load than its answer to read.
        using (var writer = new Utf8JsonWriter(text, Plain))
            line.WriteTo(writer);
        lock (Turn)
        {
            Console.Out.WriteLine(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
            Written = exit;
        }
        return exit;
    }
}
