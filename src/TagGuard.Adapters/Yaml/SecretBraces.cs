namespace TagGuard.Adapters.Yaml;

/// <summary>
/// `{ password: ${env:NAME} }` is how everybody writes it, and no YAML: inside of braces, a brace ends a word.
/// So the braces of secrets are veiled while the text is scanned; each stays one character, so places stay right.
/// </summary>
static class SecretBraces
{
    const char Open = '\uE000';
    const char Close = '\uE001';

    public static string Veil(string text)
    {
        var at = text.IndexOf("${", StringComparison.Ordinal);
        if (at < 0 || text.AsSpan().ContainsAny(Open, Close))
            return text;
        var veiled = text.ToCharArray();
        for (; at >= 0; at = text.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            var inside = text.AsSpan(at + 2);
            var end = inside.IndexOfAny('{', '}', '\n');
            if (end > 0
                && inside[end] == '}'
                && !inside[..end].ContainsAny('"', '\'', ' ')
                && (inside.StartsWith("env:") || inside.StartsWith("file:")))
                (veiled[at + 1], veiled[at + 2 + end]) = (Open, Close);
        }
        return new string(veiled);
    }

    public static string Unveil(string text) =>
        text.Contains($"${Open}", StringComparison.Ordinal) ? text.Replace(Open, '{').Replace(Close, '}') : text;
}
