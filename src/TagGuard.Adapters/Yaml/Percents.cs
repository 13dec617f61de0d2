using System.Globalization;
using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>Limits (`-10%`, `+20%`, `10%`, `[-10%, +30%]`) and tolerances (`5`, `0.1%`).</summary>
static class Percents
{
    public const string LimitPattern = "^[+-]?\\d+(\\.\\d+)?%$";

    public static string? Tolerance(string text, out object? value)
    {
        value = null;
        var isPercent = text.EndsWith('%');
        if (Number(isPercent ? text.AsSpan(0, text.Length - 1) : text) is not { } amount)
            return "digits and at most one point, with % behind them for a share of the larger count.";
        if (text[0] is '-')
            return "it cannot be negative.";
        value = new Tolerance(amount, isPercent);
        return null;
    }

    public static string? Limits(string text, out object? value)
    {
        value = null;
        var why = text.StartsWith('[') && text.EndsWith(']') ? Pair(text[1..^1].Split(','), out var limits) : Single(text, out limits);
        if (why is null && limits.Drop < -100)
            why = "nothing falls by more than 100%: +150% looks at rises only, [-50%, +150%] at both.";
        if (why is null)
            value = limits;
        return why;
    }

    static string? Single(string text, out Limits limits)
    {
        limits = default;
        if (Percent(text) is not { } percent)
            return "each number ends in %, and a sign says which way: -10% drops, +20% rises, 10% both.";
        if (percent == 0)
            return "0% would complain of every change: give the change that is still quiet.";
        limits = text[0] switch
        {
            '-' => new Limits(percent, null),
            '+' => new Limits(null, percent),
            _ => new Limits(-percent, percent),
        };
        return null;
    }

    static string? Pair(string[] parts, out Limits limits)
    {
        limits = default;
        if (parts.Length != 2 || Percent(parts[0].Trim()) is not < 0 || Percent(parts[1].Trim()) is not > 0)
            return "a list holds the drop and then the rise, each ending in %.";
        limits = new Limits(Percent(parts[0].Trim()), Percent(parts[1].Trim()));
        return null;
    }

    static double? Percent(string text) => text.EndsWith('%') ? Number(text.AsSpan(0, text.Length - 1)) : null;

    static double? Number(ReadOnlySpan<char> digits) =>
        digits.Length is > 0 and < 20
        && double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
