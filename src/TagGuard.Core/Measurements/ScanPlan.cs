using System.Globalization;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>The keys with which a plan names rows of a table without SQL: by their keys, and by when they were written.</summary>
public sealed record ScanPlan : IPlanPart
{
    /// <summary>To see whether a text is a time, whatever the date.</summary>
    static readonly DateOnly AnyDate = new(2026, 3, 4);

    [PlanKey("What row keys begin with; may hold {date:…}. A byte is written \\x0F.", Example = "U")]
    public DatePattern? Prefix { get; init; }

    [PlanKey("The first row key; may hold {date:…}.", Example = "U10000")]
    public DatePattern? From { get; init; }

    [PlanKey("The row key before which to stop; may hold {date:…}.", Example = "U20000")]
    public DatePattern? To { get; init; }

    [PlanKey("Only rows with a column of this family.", Example = "cf")]
    public string? Family { get; init; }

    [PlanKey(
        "Only rows with a column that was written then or later: a time with its zone.",
        Example = "{date+1:yyyy-MM-dd}T00:00:00+08:00")]
    public DatePattern? Since { get; init; }

    /// <summary>Whether it means other rows each day.</summary>
    public bool HasDate => new[] { Prefix, From, To, Since }.Any(pattern => pattern is { HasDate: true });

    public RowScan For(DateOnly date) =>
        new(Prefix?.For(date), From?.For(date), To?.For(date), Family, Since is null ? null : Time(Since.For(date)));

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Prefix is not null && (From is not null || To is not null))
            yield return ("prefix", "A prefix is a range of keys: take it out, or `from` and `to`.");
        if (From is not null && To is not null && string.CompareOrdinal(From.For(AnyDate), To.For(AnyDate)) >= 0)
            yield return ("to", $"No key lies from \"{From}\" to \"{To}\": write the smaller one as `from`.");
        foreach (var (key, value) in new[] { ("prefix", Prefix?.Text), ("from", From?.Text), ("to", To?.Text), ("family", Family) })
        {
            if (value is "")
                yield return (key, "It is empty: write a value, or take the line out.");
        }
        if (Family?.Contains(':', StringComparison.Ordinal) == true)
            yield return ("family", $"\"{Family}\" is a column: write its family, before the colon.");
        if (Since is not null && Time(Since.For(AnyDate)) is null)
            yield return (
                "since",
                $"\"{Since}\" is no time with a zone: write {{date+1:yyyy-MM-dd}}T00:00:00+08:00, or …Z for UTC.");
        else if (Since is { HasDate: false })
            yield return ("since", $"\"{Since}\" is the same every day: put {{date:yyyy-MM-dd}} into it.");
    }

    static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(
            text.EndsWith('Z') ? text[..^1] + "+00:00" : text,
            ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-dd HH:mmzzz"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time)
            ? time
            : null;
}
