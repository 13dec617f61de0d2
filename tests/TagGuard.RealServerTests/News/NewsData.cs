using System.Globalization;
using TagGuard.Adapters.DuckDb;

namespace TagGuard.RealServerTests.News;

/// <summary>
/// The readers of a news app, made by hashes: the same on every machine. 30,000 readers with some 15 of 300 tags each, named family:value; some come
/// and go every day, more read on weekends, and a fifth more in golden week. Tags of stocks change slowly, those of `read_time` are of the day.
/// </summary>
static class NewsData
{
    public const int Readers = 30_000;

    /// <summary>The first of 62 partitions; golden week, from 1 to 7 October, is among them.</summary>
    public static readonly DateOnly First = new(2026, 9, 10);

    /// <summary>The date on which faults are planted: a Tuesday.</summary>
    public static readonly DateOnly Last = new(2026, 11, 10);

    /// <summary>Since when `topic:t07` loses readers: 1 in 100 a day.</summary>
    public static readonly DateOnly Leak = new(2026, 10, 20);

    /// <summary>What the SELECTs use: a number from 0 to 1 of a reader, a family and an epoch; and a value that a reader has for about so many days.
    /// </summary>
    static readonly string[] Macros =
    [
        "create macro r(u, f, e) as (hash(u, f, e) % 1000000) / 1000000.0",
        "create macro held(u, f, d, days) as cast(floor((d + hash(u, f) % days) / days) as int)",
        "create macro pick(u, f, n, e) as cast(floor(n * r(u, f, e) * r(u, f, e)) as int)",
        "create macro two(n) as printf('%02d', cast(n as int))",
        "create macro name_of(u) as printf('U%07X', (u * 2654435761) % 268435456)",
    ];

    public static string Ds(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static DuckDbDatabase Open()
    {
        var database = new DuckDbDatabase(null, new Dictionary<string, string>());
        foreach (var macro in Macros)
            database.Execute(macro, CancellationToken.None);
        return database;
    }

    static string IsHoliday(DateOnly date) => date is { Month: 10, Day: <= 7 } ? "true" : "false";

    static string IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "true" : "false";

    /// <summary>Whether reader `u` reads on a date.</summary>
    static string Reads(DateOnly date) =>
        $"r(u, 'reads', {date.DayNumber}) < 0.2 + 0.5 * r(u, 'habit', 0) + if({IsWeekend(date)}, 0.06, 0) + if({IsHoliday(date)}, 0.1, 0)";

    /// <summary>Those who are there on a date: each stays for some years, new ones come.</summary>
    static string IsHere(DateOnly date) => $"(hash(u, 'born') + {date.DayNumber}) % 3000 >= 40";

    /// <summary>A tag of a stock: one of so many values, another one after about so many days.</summary>
    static string Stock(string family, int values, int days, DateOnly date, string? seed = null) =>
        $"'{family}:{family[0]}' || two(pick(u, '{seed ?? family}', {values}, held(u, '{seed ?? family}', {date.DayNumber}, {days})))";

    /// <summary>SELECT of the tags of a date: userid, tags, os, city.</summary>
    public static string Tags(DateOnly date)
    {
        var d = date.DayNumber;
        var leak = Math.Max(0, d - Leak.DayNumber);
        return $"""
            select name_of(u) as userid, list_sort(list_distinct(list_filter([
                'os:' || os, 'city:' || city, {Stock("age", 6, 2000, date)}, {Stock("device", 50, 400, date)}, {Stock("channel", 30, 3000, date)},
                {Stock("level", 9, 120, date)}, {Stock("topic", 80, 60, date)}, {Stock("topic", 80, 90, date, "topic 2")},
                {Stock("interest", 44, 70, date)}, {Stock("push", 12, 300, date)}, {Stock("theme", 26, 150, date)},
                'gender:' || if(r(u, 'gender', 0) < 0.47, 'f', if(r(u, 'gender', 0) < 0.96, 'm', null)),
                'freq:' || if(r(u, 'habit', 0) > 0.8, 'daily', if(r(u, 'habit', held(u, 'freq', {d}, 200)) > 0.3, 'weekly', 'rare')),
                if({Reads(date)}, 'read_time:h' || two(pick(u, 'hour', 24, {d})), null),
                if({Reads(date)} and r(u, 'twice', {d}) < 0.5, 'read_time:h' || two(pick(u, 'hour 2', 24, {d})), null)
                ], lambda x: x is not null and not (x = 'topic:t07' and r(u, 'leak', 0) < {leak} * 0.01)))) as tags, os, city
            from (select u, ['ios', 'android', 'harmony', 'ipad', 'web'][1 + pick(u, 'os', 5, held(u, 'os', {d}, 900))] as os,
                'c' || two(pick(u, 'city', 40, held(u, 'city', {d}, 700))) as city from range({Readers + 400}) t(u) where {IsHere(date)})
            """;
    }

    /// <summary>SELECT of the events of a date: userid, happened.</summary>
    public static string Events(DateOnly date)
    {
        var d = date.DayNumber;
        return $"""
            select name_of(u) as userid, timestamp '{date:yyyy-MM-dd} 00:00:00' + to_seconds(cast(r(u, n, {d}) * 86395 as int)) as happened
            from range({Readers + 400}) t(u), range(4) s(n) where {IsHere(date)} and {Reads(date)} and (n = 0 or r(u, n + 10, {d}) < 0.4)
            """;
    }
}
