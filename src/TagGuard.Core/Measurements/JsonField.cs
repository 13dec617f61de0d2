using System.Globalization;
using System.Text.Json;

namespace TagGuard.Measurements;

/// <summary>A field of a JSON document by a simple path: `data.items[0].status`.</summary>
static class JsonField
{
    const int MostNames = 12;
    const int LongestShown = 60;

    /// <summary>What was found: a value (text, number, true, false), or why there is none and whether it may still come.</summary>
    public readonly record struct Found(JsonElement? Value, string Why = "", bool MayStillCome = false);

    /// <summary>Why the text is not a path, or null.</summary>
    public static string? MistakeIn(string path) => Steps(path) is null
        ? $"\"{path}\" is not a field: write names with dots between them, and [0] for an item of a list, as data.items[0].status."
        : null;

    public static Found Find(JsonElement root, string path)
    {
        var (at, seen) = (root, "");
        foreach (var step in Steps(path)!)
        {
            var name = seen.Length > 0 ? seen : "the answer";
            // Many services answer with null or an empty list as long as there is nothing to tell.
            if (at.ValueKind == JsonValueKind.Null)
                return new(null, $"{Sentence(name)} is null, so there is no {path} yet.", MayStillCome: true);
            if (step.Index is int index)
            {
                if (at.ValueKind != JsonValueKind.Array)
                    return new(null, $"{Sentence(name)} is {Kind(at)} and no list, so it has no [{index}]. Correct `field`.");
                if (index >= at.GetArrayLength())
                    return new(null, $"{Sentence(name)} holds {at.GetArrayLength()} items, so there is no {path} yet.", MayStillCome: true);
                at = at[index];
                seen += $"[{index}]";
                continue;
            }
            if (at.ValueKind != JsonValueKind.Object)
                return new(null, $"{Sentence(name)} is {Kind(at)}, so it has no field {step.Name}. Correct `field`.");
            if (!at.TryGetProperty(step.Name, out var inner))
                return new(
                    null,
                    $"{Sentence(name)} has no field {step.Name}; it has {Names(at)}. Correct `field`, or look whether the endpoint has changed.");
            at = inner;
            seen = seen.Length > 0 ? $"{seen}.{step.Name}" : step.Name;
        }
        return at.ValueKind switch
        {
            JsonValueKind.Null => new(null, $"{path} is null.", MayStillCome: true),
            JsonValueKind.Object => new(null, $"{path} is an object: name a field in it, one of {Names(at)}."),
            JsonValueKind.Array => new(null, $"{path} is a list: name an item, as {path}[0]."),
            _ => new(at),
        };
    }

    /// <summary>A value for a sentence; a long text is cut.</summary>
    public static string Show(JsonElement value) => Short(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    static string Names(JsonElement at)
    {
        var names = at.EnumerateObject().Select(property => Short(property.Name)).ToList();
        return names.Count == 0
            ? "none"
            : string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
    }

    static string Kind(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => at.GetRawText(),
    };

    /// <summary>A text in one line, cut.</summary>
    public static string Short(string text)
    {
        var line = new string([.. text.Take(LongestShown).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return text.Length > LongestShown ? line + "…" : line;
    }

    static string Sentence(string name) => name == "the answer" ? "The answer" : name;

    /// <summary>Names and places of a path; null when it is none.</summary>
    static List<(string Name, int? Index)>? Steps(string path)
    {
        var steps = new List<(string Name, int? Index)>();
        foreach (var part in path.Split('.'))
        {
            var open = part.IndexOf('[', StringComparison.Ordinal);
            var name = open < 0 ? part : part[..open];
            // A list may be the answer itself: [0].status.
            if (name.Length == 0 && (open < 0 || steps.Count > 0))
                return null;
            if (name.Length > 0)
                steps.Add((name, null));
            for (var rest = open < 0 ? "" : part[open..]; rest.Length > 0;)
            {
                var close = rest.IndexOf(']', StringComparison.Ordinal);
                if (rest[0] != '[' || close < 0 || !int.TryParse(rest[1..close], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    return null;
                steps.Add(("", index));
                rest = rest[(close + 1)..];
            }
        }
        return steps;
    }
}
