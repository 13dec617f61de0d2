namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>What Hive and Spark write in different words of <see cref="VolumeSql"/>; both quote names with backticks.</summary>
abstract class VolumeDialect : SqlDialect
{
    public override bool HasEscapes => true;

    public override string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>Whether rows of another SELECT can be appended to a statement that joins and groups.</summary>
    public abstract bool AppendsRows { get; }

    /// <summary>The tags of a row as a list of texts, empty where it has none.</summary>
    public abstract string Keys(string column, TagShape shape);

    /// <summary>
    /// SELECT of the entries of `known` (u, t, n, is_active, and tags where a row is a user's): k, v, w, n, is_active, has_tags, without_tags,
    /// is_empty, nulls. A row of nobody has one entry.
    /// </summary>
    public abstract string Entries(TagShape shape);
}

/// <summary>Spark SQL from 2.4 on: lists are worked on where they lie.</summary>
/// <param name="mark">What stands before a parameter's name.</param>
sealed class SparkDialect(char mark) : VolumeDialect
{
    const string Some = "filter(t, x -> x is not null)";

    public override char Mark => mark;

    public override bool AppendsRows => true;

    public override string Keys(string column, TagShape shape) =>
        $"coalesce(cast({(shape == TagShape.Map ? $"map_keys({column})" : column)} as array<string>), cast(array() as array<string>))";

    public override string Entries(TagShape shape)
    {
        var from = shape == TagShape.Map ? "known" : $"(select known.*, {Some} as some, array_distinct({Some}) as tags_of_row from known) as l";
        var (kept, nulls) = shape == TagShape.Map ? ("t", "0") : ("tags_of_row", "size(t) - size(some)");
        return shape == TagShape.Pairs
            ? $"""
                select e.k as k, e.v as v, e.w as w, n, is_active, case when t is null then 0 else 1 end as has_tags,
                    case when t is null and e.v is not null then 1 else 0 end as without_tags, 0 as is_empty, 0 as nulls
                from (select t, n, is_active, explode(case when u is null or t is null then array({Entry("u", "u")})
                    else array({Entry("u", "u")}, {Entry("t", "t")}, {Entry("p", "u", FamilySql.Of("t"))}) end) as e from known) as x
                where e.k <> 'p' or e.w is not null
                """
            : $"""
                select e.k as k, e.v as v, e.w as w, n, is_active, has_tags, case when e.v is null then 0 else 1 - has_tags end as without_tags,
                    case when e.v is null or tags_null = 1 then 0 else 1 - has_tags end as is_empty,
                    case when e.v is null then 0 else nulls end as nulls
                from (select n, is_active, case when size({kept}) > 0 then 1 else 0 end as has_tags,
                        case when tags is null then 1 else 0 end as tags_null, {nulls} as nulls,
                        explode(case when u is null then array({Entry("u", "u")})
                            else concat(array({Entry("u", "u")}), transform({kept}, x -> {Entry("t", "x")}),
                                transform(array_distinct(filter(transform({kept}, x -> {FamilySql.InList("x")}), x -> x <> '')),
                                    x -> {Entry("f", "x")}))
                            end) as e
                    from {from}) as x
                """;
    }

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

    public override string Keys(string column, TagShape shape) => shape == TagShape.Map ? $"map_keys({column})" : column;

    public override string Entries(TagShape shape) => shape == TagShape.Pairs
        ? $"""
            select k, case when k = 't' then t else u end as v, case when k = 'p' then {FamilySql.Of("t")} end as w, n, is_active,
                case when t is null then 0 else 1 end as has_tags, case when t is null and u is not null then 1 else 0 end as without_tags,
                0 as is_empty, 0 as nulls
            from known lateral view explode(case when u is null or t is null then array('u') else array('u', 't', 'p') end) kinds as k
            """
        : $"""
            select k, case when k = 't' then tag when k = 'n' then cast(null as string) else u end as v,
                case when k = 'p' then {FamilySql.Of("tag")} when k = 'q' then tag end as w, case when k = 'n' then 0 else 1 end as n, is_active,
                has_tags, case when u is null or k <> 'u' then 0 else 1 - has_tags end as without_tags,
                case when u is null or k <> 'u' or tags_null = 1 then 0 else 1 - has_tags end as is_empty,
                case when k = 'n' then 1 else 0 end as nulls
            from (
                select u, is_active, has_tags, tags_null, pos, cast(one as string) as tag
                from (select known.*, case when {AnyTag(shape)} then 1 else 0 end as has_tags, case when tags is null then 1 else 0 end as tags_null
                    from known) as l
                lateral view outer posexplode(t) one_by_one as pos, one
            ) as x
            lateral view explode(case
                when u is null then case when coalesce(pos, 0) = 0 then array('u') else cast(null as array<string>) end
                when tag is null and pos is null then array('u')
                when tag is null then case when pos = 0 then array('u', 'n') else array('n') end
                when pos = 0 then array('u', {Kinds(shape)}) else array({Kinds(shape)}) end) kinds as k
            """;

    static string Kinds(TagShape shape) => shape == TagShape.Map ? "'t', 'p'" : "'q', 'p'";

    /// <summary>NULL is sorted before all else.</summary>
    static string AnyTag(TagShape shape) => shape == TagShape.Map ? "size(t) > 0" : "size(t) > 0 and sort_array(t)[size(t) - 1] is not null";
}
