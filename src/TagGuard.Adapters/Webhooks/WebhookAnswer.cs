using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGuard.Adapters.Http;
using TagGuard.Deliveries;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Webhooks;

/// <summary>What the other end of a webhook said.</summary>
static class WebhookAnswer
{
    const int MostShown = 200;

    /// <summary>What says "too fast, come later": DingTalk 130101, WeCom 45009, Feishu 9499 and 11232.</summary>
    static readonly HashSet<int> Later = [130101, 45009, 9499, 11232];

    /// <param name="format">What it understands.</param>
    /// <param name="to">Its name.</param>
    /// <param name="host">Its host, for people.</param>
    /// <param name="answer">The answer.</param>
    public static Receipt Read(WebhookFormat format, string to, string host, HttpAnswer answer)
    {
        var said = PlainText.Shown(Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, MostShown)))).Trim();
        if (!answer.IsSuccess)
        {
            var isLater = (int)answer.Status >= 500
                || answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
            return new Receipt(to, $"{host} answered {(int)answer.Status}: {said}", IsFinal: !isLater);
        }
        // These say in a text what others say by their status.
        return format is WebhookFormat.Dingtalk or WebhookFormat.Wecom or WebhookFormat.Feishu && CodeOf(answer.Body) is not 0 and var code
            ? new Receipt(to, $"{host} did not take it: {said}", IsFinal: code is { } known && !Later.Contains(known))
            : new Receipt(to, Refusal: null);
    }

    /// <summary>errcode, code or StatusCode; null where there is none.</summary>
    static int? CodeOf(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject told && (told["errcode"] ?? told["code"] ?? told["StatusCode"]) is JsonValue code
                && code.TryGetValue(out int number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
