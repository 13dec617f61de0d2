using System.Text.Json.Nodes;

namespace TagGuard.RealServerTests.Support;

/// <summary>Mails as Python's `email` reads them, which shares no code with what wrote them.</summary>
static class Mail
{
    const string Python = "/usr/bin/python3";

    public static async Task<JsonNode> ReadAsync(string file)
    {
        Shell.Need(Python, "python3");
        var reader = Path.Combine(Tagguard.Root, "tests", "TagGuard.RealServerTests", "EndToEnd", "read_mail.py");
        var read = await Shell.RunAsync(Tagguard.Root, null, Python, reader, file);
        Assert.True(read.Exit == 0, read.Error);
        return JsonNode.Parse(read.Output)!;
    }

    public static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(one => (string)one!);
}
