using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TagGuard.Facts;

namespace TagGuard.Adapters.HBase;

/// <summary>
/// What is compared of a row key: `rowkey` itself, or functions of it that take off what the sync put on: `after(rowkey, '_')` and
/// `before(rowkey, '_')`, from the first such separator; `substr(rowkey, 4)`, from the fourth byte on; `reverse(…)`; `lower(…)` and `upper(…)`,
/// of ASCII; `hex(…)`, for keys of bytes. They may stand within each other.
/// </summary>
sealed partial class KeyText
{
    readonly List<Func<byte[], byte[]>> _steps = [];

    /// <summary>Whether keys come in the order of what is compared.</summary>
    public bool IsInOrder => _steps.Count == 0;

    /// <exception cref="FormatException">It is no such text; the message is a sentence with the cure.</exception>
    public static KeyText Of(string text)
    {
        var key = new KeyText();
        var rest = text.Trim();
        if (rest is ['(', .. var inside, ')'])
            rest = inside.Trim();
        while (!rest.Equals("rowkey", StringComparison.OrdinalIgnoreCase))
        {
            if (Function().Match(rest) is not { Success: true } match)
                throw new FormatException(
                    $"`key: {text}` is nothing of a row key: write rowkey, or after(rowkey, '_'), before(…), substr(rowkey, 4), reverse(…), "
                        + $"lower(…), upper(…) or hex(…). {Measurement.Missed.PlanCure}");
            key._steps.Insert(0, Step(match.Groups[1].Value.ToLowerInvariant(), match.Groups[3].Value, text));
            rest = match.Groups[2].Value.Trim();
        }
        return key;
    }

    public byte[] Of(ReadOnlySpan<byte> rowKey)
    {
        var key = rowKey.ToArray();
        foreach (var step in _steps)
            key = step(key);
        return key;
    }

    static Func<byte[], byte[]> Step(string name, string argument, string text)
    {
        var separator = argument is ['\'', .. var quoted, '\''] ? RowKeys.Parse(quoted) : null;
        var number = int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return (name, separator, number) switch
        {
            ("after", { Length: > 0 }, _) => key => key.AsSpan().IndexOf(separator) is >= 0 and var at ? key[(at + separator.Length)..] : key,
            ("before", { Length: > 0 }, _) => key => key.AsSpan().IndexOf(separator) is >= 0 and var at ? key[..at] : key,
            ("substr", null, > 0) => key => number <= key.Length ? key[(number - 1)..] : [],
            ("reverse", _, _) when argument.Length == 0 => key => [.. key.Reverse()],
            ("lower", _, _) when argument.Length == 0 => key => Each(key, Ascii.ToLower),
            ("upper", _, _) when argument.Length == 0 => key => Each(key, Ascii.ToUpper),
            ("hex", _, _) when argument.Length == 0 => key => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)),
            _ => throw new FormatException(
                $"`{name}({argument})` in `key: {text}` cannot be: write after(rowkey, '_') or substr(rowkey, 4). {Measurement.Missed.PlanCure}"),
        };
    }

    static byte[] Each(byte[] key, Letters change)
    {
        var changed = key.ToArray();
        change(key, changed, out _);
        return changed;
    }

    delegate OperationStatus Letters(ReadOnlySpan<byte> from, Span<byte> to, out int written);

    [GeneratedRegex(@"^(\w+)\s*\((.*?)(?:,\s*('[^']+'|\d+)\s*)?\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Function();
}
