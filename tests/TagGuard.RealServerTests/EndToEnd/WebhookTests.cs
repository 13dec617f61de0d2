using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What a run tells webhooks, from the built program.</summary>
public sealed class WebhookTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(40);
    static readonly string Date = $"{Day:yyyy-MM-dd}";

    /// <summary>One that hears of everything, and a group that hears of closed gates, on a server that keeps what it gets.</summary>
    static async Task<(SmallWarehouse Warehouse, JsonServer Server, List<(string Path, string? Sign, string? Time, string Body)> Got)> StartAsync(
        int status)
    {
        List<(string, string?, string?, string)> got = [];
        var server = await JsonServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            got.Add((context.Request.Path, headers["X-TagGuard-Signature"], headers["X-TagGuard-Timestamp"], await reader.ReadToEndAsync()));
            context.Response.StatusCode = status;
            await context.Response.Body.WriteAsync("{\"errcode\":0}"u8.ToArray());
        });
        var warehouse = await new SmallWarehouse($$"""
            {{SmallWarehouse.Plan}}
            notify:
              webhooks:
                program: { format: json, url: "{{server.Url}}all", secret: hush-hush, when: always }
                group: { format: dingtalk, url: "{{server.Url}}group" }

            """).Write(SmallWarehouse.First, 41).BackfilledAsync(Day.AddDays(-1));
        return (warehouse, server, got);
    }

    [Fact]
    public async Task AProgramHearsOfEachChangeSignedAndAGroupOfClosedGates()
    {
        var (warehouse, server, got) = await StartAsync(200);
        await using var end = server;
        using var files = warehouse;

        var good = await warehouse.Tagguard.RunAsync("run", "--date", Date);
        var afterGood = got.ToList();
        await warehouse.Tagguard.RunAsync("run", "--date", Date);
        var afterSame = got.Count;
        Directory.Delete(warehouse.FolderOf("tags", Day), recursive: true);
        var closed = await warehouse.Tagguard.RunAsync("run", "--date", Date);

        Assert.Equal(["program"], Mail.Texts(good.Line["mailed"]!));
        var (path, sign, time, body) = Assert.Single(afterGood);
        Assert.Equal("/all", path);
        var expected = HMACSHA256.HashData("hush-hush"u8, Encoding.UTF8.GetBytes($"{time}.{body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(expected)}", sign);
        Assert.Equal(("report", Date), ((string)JsonNode.Parse(body)!["kind"]!, (string)JsonNode.Parse(body)!["date"]!));
        Assert.Equal(1, afterSame);
        Assert.NotEqual(0, closed.Exit);
        Assert.Equal(["/all", "/group"], got.Skip(1).Select(one => one.Path).Order());
        var told = (string)JsonNode.Parse(got.Single(one => one.Path == "/group").Body)!["text"]!["content"]!;
        Assert.Contains("[TagGuard]", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatIsDownChangesNoExitCodeAndIsToldLater()
    {
        var (warehouse, server, got) = await StartAsync(503);
        await using var end = server;
        using var files = warehouse;

        var run = await warehouse.Tagguard.RunAsync("run", "--date", Date);
        var waiting = await warehouse.Tagguard.RunAsync("outbox");

        Assert.Single(got);
        Assert.Contains("localhost answered 503", run.Error, StringComparison.Ordinal);
        Assert.Equal((await warehouse.Tagguard.RunAsync("gate", "--date", Date)).Exit, run.Exit);
        Assert.Equal("program", (string)Assert.Single(waiting.Line["waiting"]!.AsArray())!["to"]!);
        Assert.DoesNotContain("hush-hush", run.Error + run.Output + waiting.Error + waiting.Output, StringComparison.Ordinal);
    }
}
