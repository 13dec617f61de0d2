using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>Reads a value; null when it is good, else why not, without repeating the text: it may be a secret.</summary>
delegate string? ScalarParser(string text, out object? value);

/// <summary>A type that is one word in the plan: how it is read, told about, and written in the schema.</summary>
/// <param name="Expected">What is expected: "a whole number".</param>
/// <param name="Example">A value that is right.</param>
/// <param name="Json">Its types in the JSON schema.</param>
/// <param name="Pattern">What its text matches in the JSON schema, or null.</param>
/// <param name="Parse">Reads it.</param>
sealed record ScalarType(string Expected, string Example, string[] Json, string? Pattern, ScalarParser Parse)
{
    static readonly ConcurrentDictionary<Type, ScalarType?> Types = new(new Dictionary<Type, ScalarType?>
    {
        [typeof(string)] = new("text", "some text", ["string"], null, (string text, out object? value) => Good(text, out value)),
        [typeof(bool)] = new("true or false", "true", ["boolean", "string"], "^(yes|no)$", Bool),
        [typeof(int)] = new("a whole number", "10", ["integer"], null, Int),
        [typeof(long)] = new("a whole number", "1000", ["integer"], null, Long),
        [typeof(double)] = new("a number", "0.5", ["number"], null, Double),
        [typeof(TimeSpan)] = new("a duration", "30m", ["string"], Durations.Pattern, Duration),
        [typeof(TimeOnly)] = new("a clock time", "\"08:00\"", ["string"], "^([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$", Clock),
        [typeof(DateOnly)] = new("a date", "2026-01-05", ["string"], "^\\d{4}-\\d{2}-\\d{2}$", Date),
        [typeof(TimeZoneInfo)] = new("an IANA time zone", "Asia/Shanghai", ["string"], null, Zone),
        [typeof(DatePattern)] = new("text with the date in it", "t_{date:yyyyMMdd}", ["string"], null, Pattern_),
        [typeof(ValuePattern)] = new("a value", "done", ["string", "number", "boolean"], null, Value),
        [typeof(PortablePattern)] = new("a regular expression", "'^([a-z]+)[0-9]'", ["string"], null, Expression),
        [typeof(Tolerance)] = new("a number or a percentage", "0.1%", ["number", "string"], "^\\d+(\\.\\d+)?%?$", Percents.Tolerance),
        [typeof(Limits)] = new("limits in percent", "[-10%, +30%]", ["string"], Percents.LimitPattern, Percents.Limits),
    });

    /// <summary>The values of an enum; empty for other types.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    public static ScalarType? Of(Type type) => Types.GetOrAdd(type, static type => type.IsEnum ? Choice(type) : null);

    static ScalarType Choice(Type type)
    {
        var values = type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(WordOf, field => field.GetValue(null)!);
        var words = string.Join(", ", values.Keys);
        return new(
            $"one of {words}",
            values.Keys.First(),
            ["string"],
            null,
            (string text, out object? value) =>
                values.TryGetValue(text, out value) ? null
                : Nearest.To(text, values.Keys) is { } near ? $"did you mean `{near}`?"
                : "it is none of them.")
        {
            Choices = [.. values.Keys],
        };
    }

    /// <summary>Its name in snake_case, unless it is given one.</summary>
    static string WordOf(FieldInfo value) => value.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? PlanShape.SnakeCase(value.Name);

    static string? Good(object parsed, out object? value)
    {
        value = parsed;
        return null;
    }

    static string? Bad(string why, out object? value)
    {
        value = null;
        return why;
    }

    static string? Bool(string text, out object? value) => text switch
    {
        "true" or "yes" => Good(true, out value),
        "false" or "no" => Good(false, out value),
        _ => Bad("only these two words are read, and yes and no.", out value),
    };

    static string? Int(string text, out object? value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Good(number, out value)
            : Bad($"digits only, at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}.", out value);

    static string? Long(string text, out object? value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Good(number, out value)
            : Bad("digits only, without separators or fractions.", out value);

    const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    static string? Double(string text, out object? value) =>
        double.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Good(number, out value)
            : Bad("digits and one point, without separators.", out value);

    static string? Duration(string text, out object? value) =>
        Durations.Parse(text, out var length) is { } mistake ? Bad(mistake, out value) : Good(length, out value);

    static string? Clock(string text, out object? value) =>
        TimeOnly.TryParseExact(text, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Good(time, out value)
            : Bad("hours (0 to 23) and minutes, with a colon.", out value);

    static string? Date(string text, out object? value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Good(date, out value)
            : Bad("a day of the calendar as year-month-day.", out value);

    static string? Pattern_(string text, out object? value) =>
        DatePattern.MistakeIn(text) is { } mistake ? Bad(mistake, out value) : Good(new DatePattern(text), out value);

    static string? Value(string text, out object? value) =>
        DatePattern.MistakeIn(text) is { } mistake ? Bad(mistake, out value) : Good(new ValuePattern(text), out value);

    static string? Expression(string text, out object? value) =>
        PortablePattern.MistakeIn(text, out var pattern) is { } mistake ? Bad(mistake, out value) : Good(pattern!, out value);

    static string? Zone(string text, out object? value)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone))
            return Good(zone, out value);
        var known = TimeZoneInfo.GetSystemTimeZones();
        // .NET has UTC of its own, and all others from the system.
        if (known.Count <= 1)
            return Bad(
                "this machine has no time zones: install them (Debian's and Fedora's package is tzdata), or say in TZDIR where they are.",
                out value);
        return Bad(
            Nearest.To(text, known.Select(one => one.Id)) is { } near
                ? $"did you mean `{near}`?"
                : "this machine knows no zone of that name (`ls /usr/share/zoneinfo`).",
            out value);
    }
}
