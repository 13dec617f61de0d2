using System.Text.Json.Nodes;
using TagGuard.Adapters.Webhooks;
using TagGuard.Deliveries;
using TagGuard.Plans;
using TagGuard.StoreContracts;

namespace TagGuard.Tests.Deliveries;

/// <summary>Short messages by HTTP, as each vendor documents what it takes, how it is signed and what it answers.</summary>
public sealed class WebhookSenderTests : IAsyncLifetime
{
    const string Secret = "SEC0123";

    /// <summary>2023-11-14 22:13:20.123 UTC: 1700000000 seconds.</summary>
    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    static readonly ShortMessage Message = new()
    {
        Id = "shop-2026-01-02.1@x",
        Plan = "shop",
        Date = new DateOnly(2026, 1, 2),
        Kind = "report",
        State = "closed",
        Title = "[TagGuard] 2026-01-02 BLOCKED (shop)",
        Lines = ["Now: call wang", "✗ <at user_id=\"all\">x</at> [a](http://b) & <!channel> 标签"],
        Url = "https://reports.example.com/2026-01-02",
        Incidents = [new ShortIncident("tags", "user tags", "A_1: 0 users", "critical", true, "wang", new DateOnly(2026, 1, 2))],
    };

    readonly PostedTo _other = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void DingtalksSignIsThatOfItsDocumentedPython() =>
        // base64.b64encode(hmac.new(secret, f"{timestamp}\n{secret}", sha256).digest())
        Assert.Equal("jJb/2m8zz1QQVzLBDJsbqWbkmgre/YOEdHzxs22VDjw=", WebhookSigns.Dingtalk(Now, Secret));

    [Fact]
    public void FeishusSignIsThatOfItsDocumentedPython() =>
        // base64.b64encode(hmac.new(f"{timestamp}\n{secret}", digestmod=sha256).digest())
        Assert.Equal("qHciSveWC1yukCm6qZczwRMZA4/T30xADh2p9zCNYYY=", WebhookSigns.Feishu(Now, Secret));

    [Fact]
    public void OurOwnSignIsAnHmacOfTimeAndBody() =>
        Assert.Equal("sha256=118739ffd793a7832b7fc09ed4ff0b4a17fc3019898a325fb5e888763088f284", WebhookSigns.Json(Now, Secret, "{\"a\":1}"));

    [Fact]
    public async Task DingtalkGetsATextAndItsSignInTheAddress()
    {
        Assert.Null((await SendAsync(WebhookFormat.Dingtalk, Secret, "?access_token=k")).Refusal);

        var (path, _, body) = Assert.Single(_other.All);
        Assert.Equal("/hook?access_token=k&timestamp=1700000000123&sign=jJb%2F2m8zz1QQVzLBDJsbqWbkmgre%2FYOEdHzxs22VDjw%3D", path);
        Assert.Equal("text", (string)JsonNode.Parse(body)!["msgtype"]!);
        Assert.Equal(
            string.Join('\n', Message.Lines.Prepend(Message.Title).Append(Message.Url)), (string)JsonNode.Parse(body)!["text"]!["content"]!);
    }

    [Fact]
    public async Task FeishuGetsItsSignInTheMessageAndCallsNobody()
    {
        _other.Answer = (200, "{\"StatusCode\":0,\"StatusMessage\":\"success\"}");

        Assert.Null((await SendAsync(WebhookFormat.Feishu, Secret)).Refusal);

        var body = JsonNode.Parse(_other.All[0].Body)!;
        Assert.Equal(("1700000000", "qHciSveWC1yukCm6qZczwRMZA4/T30xADh2p9zCNYYY="), ((string)body["timestamp"]!, (string)body["sign"]!));
        Assert.DoesNotContain("<at", (string)body["content"]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SlackCallsNobodyAndShowsEveryLetter()
    {
        _other.Answer = (200, "ok");

        Assert.Null((await SendAsync(WebhookFormat.Slack)).Refusal);

        var body = JsonNode.Parse(_other.All[0].Body)!;
        Assert.Contains("&lt;!channel&gt; 标签", (string)body["text"]!, StringComparison.Ordinal);
        Assert.False((bool)body["mrkdwn"]!);
    }

    [Fact]
    public async Task TeamsGetsACardWithoutMarkdown()
    {
        _other.Answer = (202, "");

        Assert.Null((await SendAsync(WebhookFormat.Teams)).Refusal);

        var card = JsonNode.Parse(_other.All[0].Body)!["attachments"]![0]!["content"]!;
        Assert.Equal(Message.Lines[1], (string)card["body"]![2]!["inlines"]![0]!["text"]!);
        Assert.Equal("RichTextBlock", (string)card["body"]![2]!["type"]!);
        Assert.Equal(Message.Url, (string)card["actions"]![0]!["url"]!);
    }

    [Fact]
    public async Task WecomGetsNoMoreBytesThanItTakes()
    {
        var longer = Message with { Lines = [.. Enumerable.Range(0, 300).Select(i => $"标签 {i} 掉了")] };

        Assert.Null((await SendAsync(WebhookFormat.Wecom, message: longer)).Refusal);

        var text = (string)JsonNode.Parse(_other.All[0].Body)!["text"]!["content"]!;
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 1900, 2048);
        Assert.EndsWith($"…\n{Message.Url}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramOfOnesOwnGetsEverythingSigned()
    {
        Assert.Null((await SendAsync(WebhookFormat.Json, Secret)).Refusal);

        var (_, headers, body) = Assert.Single(_other.All);
        Assert.Equal(WebhookSigns.Json(Now, Secret, body), headers["X-TagGuard-Signature"]);
        Assert.Equal(Message.Id, headers["X-TagGuard-Message"]);
        Assert.Equal(
            ("closed", "2026-01-02", "critical", true),
            ((string)JsonNode.Parse(body)!["state"]!, (string)JsonNode.Parse(body)!["date"]!,
                (string)JsonNode.Parse(body)!["incidents"]![0]!["severity"]!, (bool)JsonNode.Parse(body)!["incidents"]![0]!["closes_gate"]!));
    }

    [Theory]
    [InlineData("to=138&msg={title}&x={text}", "application/x-www-form-urlencoded")]
    [InlineData("{ \"to\": [ \"138\" ], \"msg\": \"TagGuard: {title}\", \"x\": \"{text}\" }", "application/json")]
    public async Task AGatewayGetsItsTemplateAndWhatIsPutInStaysAValue(string template, string type)
    {
        var odd = Message with { Title = "a\"&b=\\ {text}", Lines = ["1", "2"] };

        Assert.Null((await SendAsync(WebhookFormat.Json, message: odd, body: template)).Refusal);

        var (_, headers, body) = Assert.Single(_other.All);
        Assert.StartsWith(type, headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(
            type == "application/json" ? "TagGuard: a\"&b=\\ {text}" : "a\"&b=\\ {text}",
            type == "application/json"
                ? (string)JsonNode.Parse(body)!["msg"]!
                : Uri.UnescapeDataString(body.Split('&').Single(pair => pair.StartsWith("msg=", StringComparison.Ordinal))["msg=".Length..]));
    }

    [Theory]
    [InlineData(WebhookFormat.Dingtalk, 200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}", false)]
    [InlineData(WebhookFormat.Dingtalk, 200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}", true)]
    [InlineData(WebhookFormat.Wecom, 200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}", false)]
    [InlineData(WebhookFormat.Feishu, 200, "{\"code\":19021,\"msg\":\"sign match fail\"}", true)]
    [InlineData(WebhookFormat.Feishu, 200, "{\"code\":11232,\"msg\":\"frequency limited\"}", false)]
    [InlineData(WebhookFormat.Dingtalk, 200, "<html>maintenance</html>", false)]
    [InlineData(WebhookFormat.Slack, 429, "rate_limited", false)]
    [InlineData(WebhookFormat.Slack, 404, "no_service", true)]
    [InlineData(WebhookFormat.Teams, 503, "busy", false)]
    [InlineData(WebhookFormat.Json, 302, "", true)]
    public async Task WhatItAnswersIsFinalOrForLater(WebhookFormat format, int status, string answer, bool isFinal)
    {
        _other.Answer = (status, answer);

        var receipt = await SendAsync(format);

        Assert.Contains(answer, receipt.Refusal, StringComparison.Ordinal);
        Assert.Contains("localhost", receipt.Refusal, StringComparison.Ordinal);
        Assert.Equal((isFinal, false), (receipt.IsFinal, receipt.IsDoubtful));
    }

    [Fact]
    public async Task OneThatIsSlowMayHaveTakenIt()
    {
        _other.Slowness = TimeSpan.FromSeconds(3);

        var receipt = await SendAsync(WebhookFormat.Slack, timeout: TimeSpan.FromMilliseconds(300), clock: TimeProvider.System);

        Assert.Contains("No answer within 0.3 s", receipt.Refusal, StringComparison.Ordinal);
        Assert.Equal((false, true), (receipt.IsFinal, receipt.IsDoubtful));
    }

    [Fact]
    public async Task OneThatIsNotThereHasTakenNothing()
    {
        await _other.DisposeAsync();

        var receipt = await SendAsync(WebhookFormat.Slack, clock: TimeProvider.System, query: "?key=hidden");

        Assert.Equal((false, false), (receipt.IsFinal, receipt.IsDoubtful));
        Assert.DoesNotContain("hidden", receipt.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatThePlanHasNoMoreIsGivenUp() =>
        Assert.True((await new WebhookSender(new Dictionary<string, WebhookPlan>(), "/", TimeProvider.System)
            .SendAsync(Message.ToJson(), "gone", Token)).IsFinal);

    Task<Receipt> SendAsync(
        WebhookFormat format,
        string? secret = null,
        string query = "",
        ShortMessage? message = null,
        string? body = null,
        TimeSpan? timeout = null,
        TimeProvider? clock = null)
    {
        var plan = new WebhookPlan
        {
            Format = format,
            Url = _other.Url + query,
            Secret = secret,
            Body = body,
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
        };
        return new WebhookSender(new Dictionary<string, WebhookPlan> { ["group"] = plan }, "/", clock ?? new HandClock(Now))
            .SendAsync((message ?? Message).ToJson(), "group", Token);
    }

    public ValueTask DisposeAsync() => _other.DisposeAsync();
}
