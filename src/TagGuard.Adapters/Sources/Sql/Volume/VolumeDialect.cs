using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>What Hive and Spark write in different words of <see cref="VolumeSql"/>; both quote names with backticks.</summary>
abstract class VolumeDialect : SqlDialect
{
    public override bool HasEscapes => true;

    public override string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>Whether rows of another SELECT can be appended to a statement that joins and groups.</summary>
    public abstract bool AppendsRows { get; }

    /// <summary>SELECT list of what <see cref="Entries"/> takes of a row's tags: t, a list of texts, empty where it has none.</summary>
    /// <param name="field">The column, or SQL in parentheses.</param>
    /// <param name="tags">What it holds.</param>
    public abstract string TagsOf(string field, TagColumn tags);

    /// <summary>
    /// SELECT of the entries of `known` (u, t, n, is_active, and tags_null where a row is a user's): k, v, w, n, is_active, has_tags, without_tags,
    /// is_empty, nulls. A row of nobody has one entry.
    /// </summary>
    /// <param name="tags">How tags are kept.</param>
    /// <param name="families">How they are put into families.</param>
    public abstract string Entries(TagColumn tags, TagFamilies families);

    /// <summary>Whether families are told by what repeats in a row (<see cref="VolumeSql.Kinds.Repeat"/>), not by entries of their own.</summary>
    public abstract bool TellsRepeats(TagShape shape);
}

/// <summary>Spark SQL from 2.4 on: lists are worked on where they lie.</summary>
/// <param name="mark">What stands before a parameter's name.</param>
sealed class SparkDialect(char mark) : VolumeDialect
{
    public override char Mark => mark;

    public override bool AppendsRows => true;

    public override string TagsOf(string field, TagColumn tags) => $"coalesce({Listed(field, tags)}, cast(array() as array<string>)) as t";

    static string Listed(string field, TagColumn tags)
    {
        if (tags.Shape != TagShape.Map)
            return $"cast({field} as array<string>)";
        var keys = $"cast(map_keys({field}) as array<string>)";
        return tags.Values == TagValue.None
            ? keys
            : $"array_distinct(concat({keys}, filter(transform(map_entries({field}), e -> {ValueSql.Tag("e.key", "e.value", tags.Values)}), "
                + "x -> x is not null)))";
    }

    public override bool TellsRepeats(TagShape shape) => shape != TagShape.Pairs;

    public override string Entries(TagColumn tags, TagFamilies families) => tags.Shape == TagShape.Pairs
        ? $"""
            select e.k as k, e.v as v, e.w as w, n, is_active, case when t is null then 0 else 1 end as has_tags,
                case when t is null and e.v is not null then 1 else 0 end as without_tags, 0 as is_empty, 0 as nulls
            from (select t, n, is_active, explode(case when u is null or t is null then array({Entry("u", "u")})
                else array({Entry("u", "u")}, {Entry("t", "t")}, {Entry("p", "u", FamilySql.Of(families, "t"))}) end) as e from known) as x
            where e.k <> 'p' or e.w is not null
            """
        : $"""
            select case when u is null or pos = many then 'u' when pos < many then 't' else 'r' end as k, v, cast(null as string) as w, n, is_active,
                has_tags, case when u is null then 0 else 1 - has_tags end as without_tags,
                case when u is null or tags_null = 1 then 0 else 1 - has_tags end as is_empty, case when u is null then 0 else nulls end as nulls
            from (select u, n, is_active, tags_null, nulls, kept, size(kept) as many, case when size(kept) > 0 then 1 else 0 end as has_tags,
                    case when size(families) = size(array_distinct(families)) then cast(array() as array<string>)
                        else transform({Repeated}, i -> families[i - 1]) end as repeats
                from (select kept.*, {FamilySql.OfKept(families)} as families from ({Kept(tags.Shape)}) as kept) as families_of_row) as row
            lateral view posexplode(case when u is null then array(u) else concat(kept, array(u), repeats) end) one_by_one as pos, v
            """;

    /// <summary>The tags of a row, each once.</summary>
    static string Kept(TagShape shape) => shape == TagShape.Map
        ? "select known.*, t as kept, 0 as nulls from known"
        : "select some_of_row.*, array_distinct(some) as kept, size(t) - size(some) as nulls "
            + "from (select known.*, filter(t, x -> x is not null) as some from known) as some_of_row";

    /// <summary>Which tags of a row are not the first of their family.</summary>
    const string Repeated = "filter(sequence(1, size(families)), i -> families[i - 1] <> '' and array_position(families, families[i - 1]) < i)";

    static string Entry(string kind, string value, string? name = null) =>
        $"struct('{kind}' as k, {value} as v, {(name is null ? "cast(null as string)" : name)} as w)";
}

/// <summary>HiveQL from 2.3 on: no function takes a function, so lists are taken apart first, and what repeats in one is told by its user.</summary>
sealed class HiveDialect : VolumeDialect
{
    public static readonly HiveDialect Instance = new();

    public override char Mark => '@';

    /// <summary>Hive on MapReduce fails at a UNION behind a join: seen with 4.0.1, "hconf is null" while it closes the operators.</summary>
    public override bool AppendsRows => false;

    public override string TagsOf(string field, TagColumn tags) =>
        tags.Shape != TagShape.Map ? $"{field} as t"
        : tags.Values == TagValue.None ? $"map_keys({field}) as t"
        : $"map_keys({field}) as t, {field} as tag_map";

    public override string Entries(TagColumn tags, TagFamilies families) => tags.Shape == TagShape.Pairs
        ? $"""
            select k, case when k = 't' then t else u end as v, case when k = 'p' then {FamilySql.Of(families, "t")} end as w, n, is_active,
                case when t is null then 0 else 1 end as has_tags, case when t is null and u is not null then 1 else 0 end as without_tags,
                0 as is_empty, 0 as nulls
            from known lateral view explode(case when u is null or t is null then array('u') else array('u', 't', 'p') end) kinds as k
            """
        : $"""
            select case k when 'v' then 't' when 'f' then 'p' else k end as k,
                case when k = 't' then tag when k = 'v' then level when k = 'n' then cast(null as string) else u end as v,
                case when k = 'p' then {FamilySql.Of(families, "tag")} when k = 'f' then {FamilySql.Of(families, "level")} when k = 'q' then tag
                    end as w,
                case when k = 'n' then 0 else 1 end as n, is_active,
                has_tags, case when u is null or k <> 'u' then 0 else 1 - has_tags end as without_tags,
                case when u is null or k <> 'u' or tags_null = 1 then 0 else 1 - has_tags end as is_empty,
                case when k = 'n' then 1 else 0 end as nulls
            from (
                select u, is_active, has_tags, tags_null, pos, cast(one as string) as tag, {Level(tags)} as level
                from (select known.*, case when {AnyTag(tags.Shape)} then 1 else 0 end as has_tags from known) as l
                lateral view outer posexplode(t) one_by_one as pos, one
            ) as x
            lateral view explode(case
                when u is null then case when coalesce(pos, 0) = 0 then array('u') else cast(null as array<string>) end
                when tag is null and pos is null then array('u')
                when tag is null then case when pos = 0 then array('u', 'n') else array('n') end
                when level is not null then case when pos = 0 then array('u', 't', 'p', 'v', 'f') else array('t', 'p', 'v', 'f') end
                when pos = 0 then array('u', {Kinds(tags.Shape)}) else array({Kinds(tags.Shape)}) end) kinds as k
            """;

    /// <summary>What a key's value adds; nothing where the row has a key of that very name.</summary>
    static string Level(TagColumn tags)
    {
        if (tags.Values == TagValue.None)
            return "cast(null as string)";
        var level = ValueSql.Tag("one", "tag_map[one]", tags.Values);
        return tags.HasTextKeys ? $"case when not array_contains(t, {level}) then {level} end" : level;
    }

    public override bool TellsRepeats(TagShape shape) => false;

    static string Kinds(TagShape shape) => shape == TagShape.Map ? "'t', 'p'" : "'q', 'p'";

    /// <summary>NULL is sorted before all else.</summary>
    static string AnyTag(TagShape shape) => shape == TagShape.Map ? "size(t) > 0" : "size(t) > 0 and sort_array(t)[size(t) - 1] is not null";
}
