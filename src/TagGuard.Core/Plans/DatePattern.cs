using System.Globalization;
using System.Text.RegularExpressions;

namespace TagGuard.Plans;

/// <summary>Text with places for the business date: `{date:yyyyMMdd}`, `{date-1:yyyy-MM-dd}` (days added or taken away).</summary>
public sealed partial record DatePattern(string Text)
{
    /// <summary>Whether the text has at least one place for the date.</summary>
    public bool HasDate => Place().IsMatch(Text);

    /// <summary>The text for one business date.</summary>
    public string For(DateOnly date) => Place().Replace(Text, place =>
    {
        var days = place.Groups["days"].Success ? int.Parse(place.Groups["days"].Value, CultureInfo.InvariantCulture) : 0;
        return date.AddDays(days).ToString(place.Groups["format"].Value, CultureInfo.InvariantCulture);
    });

    /// <summary>Why the text is not a date pattern, or null. A brace that is no place for a date is a mistake, not text.</summary>
    public static string? MistakeIn(string text)
    {
        var rest = Place().Replace(text, place => IsFormat(place.Groups["format"].Value) ? "" : place.Value);
        return rest.AsSpan().IndexOfAny('{', '}') < 0
            ? null
            : $"\"{text}\" has a brace that is no date: write {{date:yyyyMMdd}}, or {{date-1:yyyyMMdd}} for the day before. y, M and d are year, month and day, in this case of letters.";
    }

    public override string ToString() => Text;

    /// <summary>Only what .NET reads as year, month and day: the D of `yyyy-MM-DD` would be a letter D, the same every day. One letter alone means a culture's long date.</summary>
    static bool IsFormat(string format) =>
        format.Length > 1 && format.Any("yMd".Contains) && format.All("yMd-_./ ".Contains);

    [GeneratedRegex(@"\{date(?<days>[+-]\d{1,4})?:(?<format>[^{}:]+)\}")]
    private static partial Regex Place();
}
