using System.Globalization;
using System.Text;

namespace TagGuard.Keys;

/// <summary>Text with places for the business date: `{date:yyyyMMdd}`, `{date-1:yyyy-MM-dd}` (days added or taken away).</summary>
/// <remarks>Read by hand: a regular expression takes longer to start than all plans take to read.</remarks>
public sealed record DatePattern(string Text)
{
    const string Start = "{date";

    /// <summary>Whether the text has at least one place for the date.</summary>
    public bool HasDate => Replace(Text, (_, _) => "x") != Text;

    /// <summary>The text for one business date.</summary>
    public string For(DateOnly date) => Replace(Text, (days, format) => date.AddDays(days).ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Why the text is not a date pattern, or null. A brace that is not a place for a date is a mistake, not text.</summary>
    public static string? MistakeIn(string text)
    {
        var rest = Replace(text, (_, format) => IsFormat(format) ? "" : "{");
        return rest.AsSpan().IndexOfAny('{', '}') < 0
            ? null
            : $"\"{text}\" has a brace that is not a date: write {{date:yyyyMMdd}}, or {{date-1:yyyyMMdd}} for the day before. y, M and d are year, "
                + "month and day, in this case of letters.";
    }

    public override string ToString() => Text;

    /// <summary>Only what .NET reads as year, month and day: the D of `yyyy-MM-DD` would be a letter D,
    /// the same every day. One letter alone means a culture's long date.</summary>
    static bool IsFormat(string format) =>
        format.Length > 1 && format.Any("yMd".Contains) && format.All("yMd-_./ ".Contains);

    static string Replace(string text, Func<int, string, string> place)
    {
        var at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0)
            return text;
        var replaced = new StringBuilder();
        var done = 0;
        for (; at >= 0; at = text.IndexOf(Start, Math.Max(done, at + 1), StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', at);
            if (end < 0 || Place(text.AsSpan(at + Start.Length, end - at - Start.Length)) is not { } found)
                continue;
            replaced.Append(text, done, at - done).Append(place(found.Days, found.Format));
            done = end + 1;
        }
        return replaced.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>What stands between `{date` and `}`: days with their sign, or nothing, a colon and a format.</summary>
    static (int Days, string Format)? Place(ReadOnlySpan<char> inside)
    {
        var colon = inside.IndexOf(':');
        if (colon < 0)
            return null;
        var days = inside[..colon];
        var format = inside[(colon + 1)..];
        if (format.Length == 0 || format.ContainsAny('{', ':') || days.Length is 1 or > 5)
            return null;
        if (days.Length == 0)
            return (0, format.ToString());
        return days[0] is '+' or '-' && !days[1..].ContainsAnyExceptInRange('0', '9')
            ? (int.Parse(days, CultureInfo.InvariantCulture), format.ToString())
            : null;
    }
}
