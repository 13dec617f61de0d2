using System.Globalization;

namespace TagGuard.Adapters;

/// <summary>Where a server is.</summary>
readonly record struct HostPort(string Host, int Port)
{
    public static HostPort? Parse(string text) =>
        text.LastIndexOf(':') is > 0 and var colon
        && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and < 65536
            ? new HostPort(text[..colon], port)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
