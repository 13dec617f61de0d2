using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGuard.Adapters.Http;
using TagGuard.Deliveries;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Webhooks;

/// <summary>Posts short messages to webhooks. One that does not answer keeps a message from nobody else.</summary>
/// <param name="plans">The webhooks, by their names.</param>
/// <param name="folder">The plan's folder, for `ca`.</param>
/// <param name="clock">The clock.</param>
public sealed class WebhookSender(IReadOnlyDictionary<string, WebhookPlan> plans, string folder, TimeProvider clock) : IMessageLine
{
    const int MostBytes = 1 << 16;

    /// <summary>Names of tags as they are: no answer of ours is put into a page.</summary>
    static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<Receipt> SendAsync(ReadOnlyMemory<byte> content, string to, CancellationToken cancellationToken)
    {
        if (!plans.TryGetValue(to, out var plan))
            return new Receipt(to, "The plan has no such webhook any more.", IsFinal: true);
        var host = new Uri(plan.Url).Host;
        using var transport = new HttpTransport(plan.Timeout, plan.Ca is { } ca ? Path.GetFullPath(ca, folder) : null, clock);
        using var request = RequestOf(plan, ShortMessage.FromJson(content.Span));
        try
        {
            return WebhookAnswer.Read(plan.Format!.Value, to, host, await transport.SendAsync(request, MostBytes, cancellationToken));
        }
        catch (HttpRequestException fault)
        {
            var isDoubtful = fault.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError);
            return new Receipt(to, $"{host} was not reached: {fault.Message}", IsDoubtful: isDoubtful);
        }
        catch (Exception fault) when (fault is TimeoutException or HttpTooLongException or InvalidDataException)
        {
            return new Receipt(to, $"{host} was not reached: {fault.Message}", IsDoubtful: fault is not InvalidDataException);
        }
    }

    HttpRequestMessage RequestOf(WebhookPlan plan, ShortMessage message)
    {
        var now = clock.GetUtcNow();
        return (plan.Format, plan.Secret) switch
        {
            (WebhookFormat.Dingtalk, { } secret) => Post(SignedForDingtalk(plan.Url, now, secret), WebhookBodies.Dingtalk(message)),
            (WebhookFormat.Dingtalk, null) => Post(plan.Url, WebhookBodies.Dingtalk(message)),
            (WebhookFormat.Wecom, _) => Post(plan.Url, WebhookBodies.Wecom(message)),
            (WebhookFormat.Feishu, { } secret) =>
                Post(plan.Url, WebhookBodies.Feishu(message, WebhookSigns.Seconds(now), WebhookSigns.Feishu(now, secret))),
            (WebhookFormat.Feishu, null) => Post(plan.Url, WebhookBodies.Feishu(message, null, null)),
            (WebhookFormat.Slack, _) => Post(plan.Url, WebhookBodies.Slack(message)),
            (WebhookFormat.Teams, _) => Post(plan.Url, WebhookBodies.Teams(message)),
            _ => Own(plan, message, now),
        };
    }

    static string SignedForDingtalk(string url, DateTimeOffset now, string secret) =>
        $"{url}{(url.Contains('?') ? '&' : '?')}timestamp={WebhookSigns.Milliseconds(now)}"
        + $"&sign={Uri.EscapeDataString(WebhookSigns.Dingtalk(now, secret))}";

    /// <summary>For a program of one's own, or a gateway with a template.</summary>
    static HttpRequestMessage Own(WebhookPlan plan, ShortMessage message, DateTimeOffset now)
    {
        var body = plan.Body is { } template
            ? BodyTemplate.Fill(template, name => ValueOf(name, message))
            : Encoding.UTF8.GetString(message.ToJson());
        var isForm = plan.Body is { } form && !BodyTemplate.IsJson(form);
        var request = Post(plan.Url, body, isForm ? "application/x-www-form-urlencoded" : "application/json");
        request.Headers.Add("X-TagGuard-Message", message.Id);
        request.Headers.Add("X-TagGuard-Timestamp", WebhookSigns.Seconds(now));
        if (plan.Secret is { } secret)
            request.Headers.Add("X-TagGuard-Signature", WebhookSigns.Json(now, secret, body));
        return request;
    }

    static string ValueOf(string name, ShortMessage message) => name switch
    {
        "title" => message.Title,
        "text" => string.Join('\n', message.Lines),
        "date" => message.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "plan" => message.Plan,
        "state" => message.State,
        "url" => message.Url ?? "",
        _ => message.Id,
    };

    static HttpRequestMessage Post(string url, JsonObject body) => Post(url, body.ToJsonString(Written), "application/json");

    static HttpRequestMessage Post(string url, string body, string type) => new(HttpMethod.Post, url)
    {
        Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type, "utf-8")),
    };
}
