using TagGuard.Facts;

namespace TagGuard.Jobs.Demo;

/// <summary>A fault that the demo plants, and what must be found of it.</summary>
/// <param name="Date">The business date that breaks.</param>
/// <param name="Script">File in faults/, without its ending.</param>
/// <param name="Planted">What is planted, as a line for people.</param>
/// <param name="Stage">The stage whose gate must close, unless it comes slowly.</param>
/// <param name="Finding">What an incident there must have found.</param>
/// <param name="About">What the incident's title must name.</param>
sealed record DemoFault(DateOnly Date, string Script, string Planted, string Stage, Finding Finding, string About)
{
    /// <summary>The business date whose report tells it: the same, or a later one for what comes slowly, is only told and closes nothing.</summary>
    public DateOnly Told { get; init; } = Date;

    public bool IsSlow => Told > Date;

    /// <summary>Each on a day of its own; a copy needs a sound day before it.</summary>
    public static IReadOnlyList<DemoFault> All { get; } =
    [
        new(new(2011, 10, 21), "slow_leak", "since 2011-10-21 topic:sports loses 1.25% of its readers a day", "app", Finding.Drift, "topic:sports")
        {
            Told = new(2011, 11, 9),
        },
        new(new(2011, 11, 16), "upstream_late", "the upstream is late: no log row, no _SUCCESS", "upstream", Finding.Late, "order_fact landed"),
        new(new(2011, 11, 17), "upstream_half", "half the rows of order_fact are missing", "upstream", Finding.Drop, "order_fact is whole"),
        new(new(2011, 11, 18), "stale_copy", "yesterday's tags copied as today's", "tags", Finding.StaleCopy, "user tags"),
        new(new(2011, 11, 21), "family_lost", "the script of family C131U002 wrote nothing", "tags", Finding.Zero, "C131U002"),
        new(new(2011, 11, 22), "join_inflates", "a many-to-many join repeats users", "tags", Finding.Duplicates, "user tags"),
        new(new(2011, 11, 23), "sync_lost_slice", "the sync lost one of sixteen slices", "sync", Finding.Different, "userprofile_offline"),
        new(new(2011, 11, 24), "family_fell", "family C131U003 lost every twentieth user", "tags", Finding.Drop, "C131U003"),
        new(new(2011, 11, 25), "shard_lost", "the tag script lost one of sixty-four shards of users", "tags", Finding.Drop, "user tags"),
    ];
}
