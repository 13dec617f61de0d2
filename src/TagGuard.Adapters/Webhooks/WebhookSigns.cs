using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TagGuard.Adapters.Webhooks;

/// <summary>How messages are signed, so that their receiver knows whose they are.</summary>
static class WebhookSigns
{
    /// <summary>DingTalk: of the milliseconds and the secret, with the secret as the key; both go into the address.</summary>
    /// <remarks>open.dingtalk.com/document/robots/customize-robot-security-settings</remarks>
    public static string Dingtalk(DateTimeOffset now, string secret) =>
        Convert.ToBase64String(Hash(secret, $"{Milliseconds(now)}\n{secret}"));

    /// <summary>Feishu: of nothing, with the seconds and the secret as the key; both go into the message.</summary>
    /// <remarks>open.feishu.cn/document/client-docs/bot-v3/add-custom-bot</remarks>
    public static string Feishu(DateTimeOffset now, string secret) => Convert.ToBase64String(Hash($"{Seconds(now)}\n{secret}", ""));

    /// <summary>Our own: of the seconds, a dot and the message, in hex behind `sha256=`; header X-TagGuard-Signature.</summary>
    public static string Json(DateTimeOffset now, string secret, string body) =>
        "sha256=" + Convert.ToHexStringLower(Hash(secret, $"{Seconds(now)}.{body}"));

    public static string Milliseconds(DateTimeOffset now) => now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static string Seconds(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    static byte[] Hash(string key, string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
}
