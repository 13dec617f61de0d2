using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`volume`: users per tag, crowd or any other key, with the totals of the partition: one scan for all of it.</summary>
public sealed record VolumeMeasure : TablePlan, IMeasure
{
    [Required, PlanKey("Connection that holds the table.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey("Column with the user id.", Example = "userid")]
    public string User { get; init; } = "";

    [Required, PlanKey("Column with the tags, or SQL in parentheses; with `values`, the values of a map are tags too.", Example = "tagmap")]
    public TagsPlan Tags { get; init; } = new();

    [PlanKey("What the keys count: userid, cookieid, crowd. Part of every stored row. Default userid.")]
    public string Dimension { get; init; } = "userid";

    [PlanKey("What makes the family of a tag: tags of one family are made by one script, fail together and are told as one. Default: guessed.")]
    public FamilyPlan? Family { get; init; }

    public TagFamilies FamiliesBy(TagTable known)
    {
        var made = Family?.Families ?? TagFamilies.Guessed;
        return Tags.From is null ? made : new TabledFamilies(known, made);
    }

    [PlanIgnore]
    public bool ReadsTagTable => Tags.From is not null;

    [PlanKey("The day's active users, for each tag's share of them.")]
    public ActivePlan? Active { get; init; }

    public IReadOnlyList<string> Metrics => Active is null
        ? [Facts.Metrics.TaggedUsers]
        : [Facts.Metrics.TaggedUsers, Facts.Metrics.ActiveUsers];

    public IReadOnlyList<string> Counts =>
    [
        .. Metrics, Facts.Metrics.TagCount, Facts.Metrics.FamilyUsers, Facts.Metrics.FamilyMark, Facts.Metrics.TableTags,
        Facts.Metrics.Rows, Facts.Metrics.DuplicateUsers, Facts.Metrics.DuplicatePairs,
        Facts.Metrics.RowsWithoutUser, Facts.Metrics.NullTags, Facts.Metrics.UsersWithoutTags, Facts.Metrics.EmptyMaps,
    ];

    public IReadOnlyList<Need> Needs =>
        [new(Connection, typeof(IVolumeSource)) { Queries = Tags.Queries }, .. Tags.From is { } from ? [from.Need] : (Need[])[]];

    /// <summary>A partition that is empty, repeats users, has rows of nobody or is
    /// yesterday's is never right: these rules need no asking for.</summary>
    public IReadOnlyList<IRule> Rules =>
    [
        .. Metrics.Select(total => new ExpectRule { Metric = total, AtLeast = 1 }),
        new DuplicatesRule(),
        new IdsRule(),
        new StaleRule(),
        .. ReadsTagTable ? [new TagTableRule()] : (IRule[])[],
    ];

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
    [
        .. Tags.From is { } from ? [from.Question(date, sources)] : (Question[])[],
        new(Connection, sources.Get<IVolumeSource>(Connection).Question(Query(date, FamiliesBy(TagTable.Empty)))),
    ];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var table = Tags.From is { } from ? await from.TakeAsync(context, cancellationToken) : null;
        var families = FamiliesBy(table?.Table ?? TagTable.Empty);
        var volumes = await context.AskAsync(
            Connection,
            (IVolumeSource source, CancellationToken token) => source.CountVolumesAsync(Query(context.Day.Date, families), context.Progress, token),
            cancellationToken);

        var measurements = new List<Measurement>(volumes.Keys.Count + 8);
        Total(Facts.Metrics.Rows, volumes.Rows);
        Total(Facts.Metrics.TaggedUsers, volumes.TaggedUsers);
        if (volumes.ActiveUsers is long active)
            Total(Facts.Metrics.ActiveUsers, active);
        Total(volumes.RowsArePairs ? Facts.Metrics.DuplicatePairs : Facts.Metrics.DuplicateUsers, volumes.DuplicateUsers);
        Total(Facts.Metrics.RowsWithoutUser, volumes.RowsWithoutUser);
        Total(Facts.Metrics.NullTags, volumes.NullTags);
        Total(Facts.Metrics.UsersWithoutTags, volumes.UsersWithoutTags);
        Total(Facts.Metrics.EmptyMaps, volumes.EmptyMaps);
        var empty = EmptyTagBeside(volumes.Keys);
        foreach (var key in volumes.Keys)
        {
            measurements.Add(new Measurement.Taken(
                context.Series(Facts.Metrics.TagCount, key.Key.Length > 0 ? key.Key : empty),
                key.Users,
                Share(key.Users, volumes.TaggedUsers),
                key.ActiveUsers is long activeWithTag ? Share(activeWithTag, volumes.ActiveUsers ?? 0) : null));
        }
        // Tags of which each is a family of its own are named without families.
        if (2 * volumes.Families.Count <= volumes.Keys.Count)
        {
            foreach (var family in volumes.Families)
                measurements.Add(new Measurement.Taken(
                    context.Series(Facts.Metrics.FamilyUsers, family.Family),
                    family.Users,
                    Share(family.Users, volumes.TaggedUsers)));
        }
        if (families.Mark is > 0 and var mark)
            measurements.Add(new Measurement.Taken(context.Series(Facts.Metrics.FamilyMark), mark));
        if (table is not null)
            measurements.Add(table.Measurement);
        var asked = table is { Asked.Length: > 0 } ? $"{table.Asked}\n{volumes.Asked}" : volumes.Asked;
        return new Taking(measurements, asked, CountedEveryKey: true) { Tags = table?.Table };

        void Total(string metric, long value) => measurements.Add(new Measurement.Taken(context.Series(metric), value));
    }

    /// <summary>How a tag with an empty id is shown: a series without a key is the check itself.</summary>
    const string EmptyTag = "(empty)";

    /// <summary>The same where a tag has that very name: a number that two tags share would be neither's.</summary>
    static string EmptyTagBeside(IReadOnlyList<KeyVolume> tags)
    {
        var name = EmptyTag;
        while (tags.Any(tag => tag.Key == name))
            name = $"({name})";
        return name;
    }

    VolumeQuery Query(DateOnly date, TagFamilies families) => Tags.Query(For(date), User, Active?.Query(date, this)) with { Families = families };

    static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Where the day's active users are. The partition column and its value are those of the tags unless given.</summary>
public sealed record ActivePlan : TablePlan
{
    [Required, PlanKey("Column with the user id.", Example = "userid")]
    public string User { get; init; } = "";

    /// <summary>What to ask for a date; without a partition of its own it lies beside the tags' one.</summary>
    public ActiveQuery Query(DateOnly date, TablePlan tags) =>
        new(
            (Partition is null && !Table.HasDate ? this with { Partition = tags.Partition, PartitionValue = tags.PartitionValue } : this).For(date),
            User);

    public override IEnumerable<KeyMistake> Mistakes() => Outside();
}
