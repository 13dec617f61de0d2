using System.Text;
using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>Fills in `${env:NAME}` and `${file:path}`; `$${` stands for a plain `${`. Knows
/// what was filled in where, so that no message shows it.</summary>
/// <param name="folder">The plan's folder, for relative paths.</param>
/// <param name="environment">The variable of a name, or null.</param>
sealed class Secrets(string folder, Func<string, string?> environment)
{
    const int MaxBytes = 64 * 1024;
    const string HowTo = "write ${env:NAME} or ${file:/path}, and $${ for a plain ${";

    readonly Dictionary<Node, List<PlanSecret>> _filledIn = [];

    /// <summary>The text with its secrets, or null when one is missing: the mistake is noted.</summary>
    public string? Expand(ScalarNode node, bool allowed, MistakeList mistakes)
    {
        var text = node.Text;
        if (!text.Contains("${", StringComparison.Ordinal))
            return text;
        var whole = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text.AsSpan(at).StartsWith("$${", StringComparison.Ordinal))
            {
                whole.Append("${");
                at += 3;
            }
            else if (text.AsSpan(at).StartsWith("${", StringComparison.Ordinal))
            {
                var end = text.IndexOf('}', at);
                var shown = end < 0 ? text[at..] : text[at..(end + 1)];
                var (value, why) = end < 0 ? (null, $"`{shown}` has no closing brace: {HowTo}.")
                    : allowed ? Find(shown[2..^1])
                    : (
                        null,
                        $"`{shown}` would be stored and reported here: secrets belong to connections. Write the value itself, and $${{ for a "
                            + $"plain ${{.");
                if (value is null)
                {
                    mistakes.Add(node, why!);
                    return null;
                }
                Remember(node, shown, value);
                whole.Append(value);
                at += shown.Length;
            }
            else
            {
                whole.Append(text[at++]);
            }
        }
        return whole.ToString();
    }

    /// <summary>The message with every secret that was filled in below the node put back to what the plan says.</summary>
    public string Hide(Node about, string message)
    {
        if (_filledIn.Count == 0)
            return message;
        var found = new List<PlanSecret>();
        Collect(about, found);
        foreach (var (shown, value) in found.OrderByDescending(secret => secret.Value.Length))
        {
            foreach (var form in new[] { value, value.Trim(), Uri.EscapeDataString(value) })
                message = form.Length > 0 ? message.Replace(form, shown, StringComparison.Ordinal) : message;
        }
        return message;
    }

    /// <summary>Everything that was filled in.</summary>
    public IEnumerable<PlanSecret> All => _filledIn.Values.SelectMany(secrets => secrets);

    void Collect(Node node, List<PlanSecret> found)
    {
        if (_filledIn.TryGetValue(node, out var here))
            found.AddRange(here);
        foreach (var inner in node is MapNode map ? map.Pairs.Select(pair => pair.Value) : node is ListNode list ? list.Items : [])
            Collect(inner, found);
    }

    void Remember(ScalarNode node, string shown, string value)
    {
        if (!_filledIn.TryGetValue(node, out var here))
            _filledIn[node] = here = [];
        here.Add(new PlanSecret(shown, value));
    }

    (string? Value, string? Why) Find(string name) => name switch
    {
        _ when name.StartsWith("env:", StringComparison.Ordinal) => Variable(name[4..]),
        _ when name.StartsWith("file:", StringComparison.Ordinal) => Content(name[5..]),
        _ => (null, $"`${{{name}}}` is not a secret: {HowTo}."),
    };

    (string? Value, string? Why) Variable(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny(" =\0"))
            return (null, $"`${{env:{name}}}` names no variable: {HowTo}.");
        return environment(name) is { Length: > 0 } value
            ? Whole(value, $"The environment variable {name}")
            : (
                null,
                $"The environment variable {name} is not set (or empty): `export {name}=…` for the user that runs tagguard, or use ${{file:/path}}.");
    }

    /// <summary>A secret that is one line of text: a library that takes it up to a NUL or a line's end would take another one.</summary>
    static (string? Value, string? Why) Whole(string value, string where)
    {
        var at = Enumerable.Range(0, value.Length).FirstOrDefault(i => PlainText.IsHidden(value, i) && value[i] != '\t', -1);
        return at < 0
            ? (value, null)
            : (
                null,
                $"{where} holds the character {PlainText.NameOf(value[at])} within the secret: a secret is one line of text that is shown as it is.");
    }

    (string? Value, string? Why) Content(string path)
    {
        try
        {
            var bytes = FileBytes.Read(Path.Combine(folder, path), MaxBytes);
            if (bytes.Length > MaxBytes)
                return (null, $"The file {path} is larger than 64 KB, so it is not a secret: name the file that holds only the password.");
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                return (null, $"The file {path} is not UTF-8 text: write only the secret into it.");
            return Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') is { Length: > 0 } value
                ? Whole(value, $"The file {path}")
                : (null, $"The file {path} is empty: write the secret into it.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = fault is FileNotFoundException or DirectoryNotFoundException ? "is not there" : "cannot be read by the user that runs tagguard";
            return (null, $"The file {path} {why}: create it, or correct the path in ${{file:…}}.");
        }
    }
}
