using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>What a person's word on a day is about: a check, one of its tags, or all tags of a family.</summary>
/// <param name="Check">The check.</param>
/// <param name="Keys">The tags; one empty key is the whole check.</param>
/// <param name="Told">The same for people.</param>
sealed record DecidedSeries(string Check, IReadOnlyList<string> Keys, string Told)
{
    /// <summary>What a command line names.</summary>
    /// <exception cref="UsageException">It names nothing, or two things.</exception>
    public static Asked Named(string? about, string? family) => (about, family) switch
    {
        (null, null) => throw new UsageException("Name a tag, a check, or a family with --family."),
        (not null, not null) => throw new UsageException($"Name \"{about}\" or --family \"{family}\", not both."),
        _ => new Asked(about, family),
    };

    /// <summary>Finds it among what was measured and judged that day.</summary>
    /// <exception cref="UsageException">There is no such thing, or there are several.</exception>
    public static async Task<DecidedSeries> FindAsync(
        PlanSession session, DateOnly day, Asked asked, string? check, CancellationToken cancellationToken)
    {
        var found = (await SeriesAsync(session, day, asked, cancellationToken))
            .Where(series => check is null || series.Check == check)
            .Select(series => (series.Check, Key: series.Check == asked.About ? "" : series.Key))
            .Distinct().GroupBy(series => series.Check, series => series.Key).ToList();
        return found switch
        {
            [var one] when asked.Family is not null || one.Count() == 1 => Of(one.Key, [.. one.Order(StringComparer.Ordinal)], asked),
            [] => throw new UsageException($"Nothing was judged about {asked.Written}{(check is null ? "" : $" in \"{check}\"")} on "
                + $"{day:yyyy-MM-dd}. "
                + "Give a tag id, the name of a check or a family as they stand in the report."),
            _ => throw new UsageException($"{asked.Written} is in several checks: add --check with one of "
                + $"{string.Join(", ", found.Select(one => $"\"{one.Key}\""))}."),
        };
    }

    static DecidedSeries Of(string check, IReadOnlyList<string> keys, Asked asked) => new(check, keys, asked.Family is { } family
        ? Spoken.Say("console.family_of", ("check", check), ("family", family), ("count", keys.Count(key => key != family)))
        : $"{check}{(keys[0].Length > 0 ? $": {keys[0]}" : "")}");

    static async Task<IEnumerable<SeriesId>> SeriesAsync(PlanSession session, DateOnly day, Asked asked, CancellationToken cancellationToken)
    {
        var stored = await session.Store.DayAsync(session.Plan.Name, day, 0, cancellationToken);
        if (asked.Family is not { } family)
            return (await session.Store.JudgementsAsync(session.Plan.Name, day, asked.About, cancellationToken))
                .Select(verdict => verdict.Judgement.Series)
                .Concat(session.PassedOf(stored).About(asked.About!).Select(passed => passed.Series.Id));
        var families = session.Plan.StageList.SelectMany(stage => stage.Checks)
            .ToDictionary(check => check.Name, check => check.Measure.FamiliesBy(stored.TagsOf(check.Name)));
        // The family's own users are a series of their own.
        return stored.Series.Select(series => series.Id)
            .Where(id => id.IsFamily ? id.Key == family : id.IsTag && families.GetValueOrDefault(id.Check)?.Of(id.Key) == family);
    }

    /// <summary>What was named: a tag or a check, or a family.</summary>
    public sealed record Asked(string? About, string? Family)
    {
        /// <summary>As it stands on a command line.</summary>
        public string Written => Family is null ? $"\"{About}\"" : $"--family \"{Family}\"";
    }
}
