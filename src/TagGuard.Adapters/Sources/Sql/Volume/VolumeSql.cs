using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>
/// Everything that is counted of a tag partition, as one statement that reads it once and gives a row for each tag, each family and the totals: a
/// cluster does the counting, and only aggregates travel.
/// </summary>
/// <remarks>
/// Each row becomes entries, which are counted in two steps. An entry is of a <see cref="Kinds">kind</see>, and has a value by which the first step
/// groups it (the tag, the user) and a name under which the second adds the groups up: so users are counted once each, exactly, and the engine
/// spills what it cannot hold. What engines write in different words is the dialect's.
/// </remarks>
/// <param name="dialect">The engine's words.</param>
/// <param name="query">What is counted.</param>
/// <param name="column">What the column of tags holds.</param>
/// <param name="tags">The partition with the tags.</param>
/// <param name="active">The partition with the active users; null when they are not asked for.</param>
sealed class VolumeSql(VolumeDialect dialect, VolumeQuery query, TagColumn column, TableSql tags, TableSql? active)
{
    /// <summary>What an entry stands for; its name is the first column of the statement's rows.</summary>
    public static class Kinds
    {
        /// <summary>A row (or pair) of a user, or of nobody.</summary>
        public const string User = "u";

        /// <summary>A tag of a row, by the tag.</summary>
        public const string Tag = "t";

        /// <summary>A tag of a user, by the user, who counts once: for engines that cannot take a repeated one out of a list.</summary>
        public const string TagOfUser = "q";

        /// <summary>A tag of a row that is not the first of its family there, by the family: most rows have none.</summary>
        public const string Repeat = "r";

        /// <summary>A family of a user, by the user.</summary>
        public const string FamilyOfUser = "p";

        /// <summary>A tag that is NULL in a list.</summary>
        public const string Null = "n";

        /// <summary>The active users of the day.</summary>
        public const string Active = "a";
    }

    /// <summary>The columns of the <see cref="Statement"/>'s rows that are texts: kind, name.</summary>
    public static IReadOnlyList<string> Texts { get; } = ["k", "name"];

    /// <summary>
    /// Those that are whole numbers: entries, entries of active users, groups (different users or tags), rows, rows of nobody, tagged users, users'
    /// rows without tags, empty ones, NULL tags.
    /// </summary>
    public static IReadOnlyList<string> Numbers { get; } = ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"];

    /// <summary>Columns: <see cref="Texts"/>, then <see cref="Numbers"/>.</summary>
    public BoundSql Statement => Selecting("*");

    /// <summary>The statement for people: what stands in a table of tags is not written out.</summary>
    public string Asked => query.Families is TabledFamilies { Moved.Count: > 0 } tabled
        ? new VolumeSql(dialect, query with { Families = tabled.Others }, column, tags, active).Statement.Asked
            + $"\n-- {tabled.Moved.Sum(family => family.Tags.Count)} tags have the families of the table of tags"
        : Statement.Asked;

    /// <summary>The same rows, of which something is made on the cluster.</summary>
    /// <param name="columns">What is selected from them.</param>
    public BoundSql Selecting(string columns)
    {
        var appended = active is not null && dialect.AppendsRows
            ? "\n    union all select 'a', cast(null as string), count(*), 0, 0, 0, 0, 0, 0, 0, 0 from seen"
            : "";
        var sql = $"""
            with tagged as ({Tagged}){(active is null ? "" : $",\nseen as ({Seen})")},
            known as ({Known}),
            entries as ({dialect.Entries(column, query.Families)}),
            grouped as (
                select k, v, w, count(*) as c, sum(is_active) as a, sum(n) as n, max(has_tags) as has_tags, sum(without_tags) as without_tags,
                    sum(is_empty) as is_empty, sum(nulls) as nulls
                from entries group by k, v, w
            ),
            named as (
                select g.*, case when k = 'u' then cast(null as string) when k in ('p', 'q') then w else v end as name from grouped g
            ),
            counted as (
                select k, name, sum(c) as n1, sum(case when k = 'q' and a > 1 then 1 else a end) as n2, count(v) as n3, sum(n) as n4,
                    sum(case when v is null then n else 0 end) as n5,
                    sum(case when v is null then 0 else has_tags end) as n6, sum(without_tags) as n7, sum(is_empty) as n8, sum(nulls) as n9
                from named group by k, name{appended}
            )
            select {columns} from counted
            """;
        return new BoundSql(sql, [.. tags.Parameters, .. active is null ? [] : Renamed(active)]);
    }

    /// <summary>Different active users, for an engine that does not append them to the <see cref="Statement"/>; null when they are in it.</summary>
    public BoundSql? ActiveUsers =>
        active is null || dialect.AppendsRows ? null : new BoundSql($"select count(*) from ({Seen}) as seen", [.. Renamed(active)]);

    /// <summary>A row a user with its tags, or a pair of user and tag with its rows.</summary>
    string Tagged
    {
        get
        {
            var (user, held) = (UserText(query.User), dialect.Field(query.Tags));
            return column.Shape == TagShape.Pairs
                ? $"select u, t, count(*) as n from (select {user} as u, cast({held} as string) as t from {tags.Rows}) as r group by u, t"
                : $"select {user} as u, {dialect.TagsOf(held, column)}, case when {held} is null then 1 else 0 end as tags_null, 1 as n "
                    + $"from {tags.Rows}";
        }
    }

    string Seen => $"select s from (select {UserText(query.Active!.User)} as s from {RowsOf(active!)}) as logins where s is not null group by s";

    string Known => active is null
        ? "select tagged.*, 0 as is_active from tagged"
        : "select tagged.*, case when s is null then 0 else 1 end as is_active from tagged left join seen on u = s";

    /// <summary>NULL where there is no id: NULL itself, an empty text, a number that is none.</summary>
    string UserText(string column)
    {
        var text = $"cast({dialect.Quoted(column)} as string)";
        return $"case when {text} not in ('', 'NaN', 'Infinity', '-Infinity') then {text} end";
    }

    /// <summary>Both partitions bind a value, so the second's is called otherwise.</summary>
    static string RowsOf(TableSql table) => table.Parameters is [var value]
        ? table.Rows.Replace(value.Name, OtherName(value), StringComparison.Ordinal)
        : table.Rows;

    static IEnumerable<SqlParameter> Renamed(TableSql table) => table.Parameters.Select(value => value with { Name = OtherName(value) });

    static string OtherName(SqlParameter value) => value.Name + "_of_active";
}
