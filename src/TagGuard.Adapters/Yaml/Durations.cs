using System.Globalization;

namespace TagGuard.Adapters.Yaml;

/// <summary>`30s`, `5m`, `2h`, `7d`, and `1h30m`.</summary>
static class Durations
{
    public const string Pattern = "^(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$";

    static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static string? Parse(string text, out object? value)
    {
        value = null;
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return "say the unit: s, m, h or d.";
        var total = TimeSpan.Zero;
        // Larger units first, each at most once: `30m1h` is more likely a slip than a wish.
        var units = "dhms".AsSpan();
        var rest = text.AsSpan();
        do
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var unit = digits > 0 ? units.IndexOf(rest[digits]) : -1;
            if (unit < 0)
                return "numbers with s, m, h or d behind them, the larger unit first, without blanks, fractions or sign.";
            if (digits > 9)
                return "it is longer than 36500d.";
            total += int.Parse(rest[..digits], CultureInfo.InvariantCulture) * (units[unit] switch
            {
                'd' => TimeSpan.FromDays(1),
                'h' => TimeSpan.FromHours(1),
                'm' => TimeSpan.FromMinutes(1),
                _ => TimeSpan.FromSeconds(1),
            });
            if (total > Longest)
                return "it is longer than 36500d.";
            rest = rest[(digits + 1)..];
            units = units[(unit + 1)..];
        }
        while (rest.Length > 0);
        value = total;
        return null;
    }
}
