using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TagGuard.Jobs;

/// <summary>The last line on stdout: one JSON object, which schedulers keep (Airflow pushes it to XCom).</summary>
static class ResultLine
{
    // Sentences hold quotes and other languages; the line goes to a log, not into HTML.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ExitCode Write(string verb, ExitCode exit, Action<JsonObject> fill)
    {
        var line = new JsonObject { ["verb"] = verb, ["exit"] = (int)exit };
        fill(line);
        Console.Out.WriteLine(line.ToJsonString(Plain));
        return exit;
    }
}
