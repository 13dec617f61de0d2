using System.Globalization;

namespace TagGuard.Keys;

/// <summary>Durations as people write them, in plans and on the command line alike: `90s`, `5m`, `1.5h`, `7d`, `1h30m`.</summary>
public static class Durations
{
    /// <summary>What they match, for the JSON schema.</summary>
    public const string Pattern = "^(?=\\d)(\\d+(\\.\\d+)?d)?(\\d+(\\.\\d+)?h)?(\\d+(\\.\\d+)?m)?(\\d+(\\.\\d+)?s)?$";

    const int MostDigits = 9;
    const string TooLong = "it is longer than 36500d.";

    static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Reads one; null when it is good, else why not, without repeating the text: it may be a secret.</summary>
    public static string? Parse(string text, out TimeSpan length)
    {
        length = TimeSpan.Zero;
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return "say the unit: s, m, h or d.";
        // Larger units first, each at most once: `30m1h` is more likely a slip than a wish.
        var units = "dhms".AsSpan();
        var rest = text.AsSpan();
        do
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
                digits++;
            var unit = digits > 0 && digits < rest.Length ? units.IndexOf(rest[digits]) : -1;
            if (unit < 0 || !IsNumber(rest[..digits]))
                return "numbers with s, m, h or d behind them, the larger unit first, without blanks or sign.";
            if (digits > MostDigits)
                return TooLong;
            length += TimeSpan.FromSeconds(
                double.Parse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * SecondsOf(units[unit]));
            if (length > Longest)
                return TooLong;
            rest = rest[(digits + 1)..];
            units = units[(unit + 1)..];
        }
        while (rest.Length > 0);
        return null;
    }

    /// <summary>A duration as it is written here: `12h`, `1h30m`, `0s`.</summary>
    public static string Written(TimeSpan length)
    {
        var parts = new[] { (length.Days, 'd'), (length.Hours, 'h'), (length.Minutes, 'm'), (length.Seconds, 's') };
        var written = string.Concat(parts.Where(part => part.Item1 > 0).Select(part => $"{part.Item1}{part.Item2}"));
        return written.Length > 0 ? written : "0s";
    }

    /// <summary>Digits, or digits with a point between them.</summary>
    static bool IsNumber(ReadOnlySpan<char> text) => text[0] != '.' && text[^1] != '.' && text.Count('.') <= 1;

    static int SecondsOf(char unit) => unit switch
    {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        _ => 1,
    };
}
