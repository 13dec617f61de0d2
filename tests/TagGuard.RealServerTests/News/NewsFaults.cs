namespace TagGuard.RealServerTests.News;

/// <summary>What is planted into the last date of the news app, by name.</summary>
static class NewsFaults
{
    static readonly string Day = $"{NewsData.Last:yyyy-MM-dd}";

    public static readonly IReadOnlyDictionary<string, NewsFault> All = new Dictionary<string, NewsFault>
    {
        ["nothing"] = Tags(good => $"from {good}"),
        ["a shard of 32 is lost"] = Tags(good => $"from {good} where hash(userid) % 32 <> 7"),
        ["a join repeats rows"] = Tags(good => $"from {good} union all from {good} where hash(userid) % 12 = 7"),
        ["the load ran twice"] = Tags(good => $"from {good} union all from {good}"),
        ["ids are NULL"] = Tags(good => $"select if(hash(userid) % 20 = 7, null, userid) as userid, tags, os, city from {good}"),
        ["a tag without a name"] = Changed("list_transform(tags, lambda x: if(x like 'channel:%' and hash(userid) % 4 = 1, '', x))"),
        ["os:android is renamed"] = Changed("list_transform(tags, lambda x: replace(x, 'os:android', 'os:Android'))"),
        ["ids in small letters"] = Service("update reader_profile set userid = lower(userid)"),
        ["events lag by 8 hours"] = Events(good => $"select userid, happened - interval 8 hour as happened from {good}"),
        ["a new tag of 3,000 users"] = Tags(good =>
            "select userid, if(nth <= 3000, list_append(tags, 'test:ab'), tags) as tags, os, city "
                + $"from (select *, row_number() over (order by hash(userid)) as nth from {good})"),
        ["all push tags are gone"] = Changed("list_filter(tags, lambda x: x not like 'push:%')"),
        ["yesterday is copied"] = Tags(_ => "(" + NewsData.Tags(NewsData.Last.AddDays(-1)) + ")"),
        ["the sync loses a slice"] = Service("delete from reader_profile where userid like 'U01%'"),
        ["NULL here is '' there"] =
            Tags(good => $"from {good} union all select null, ['os:ios'], 'ios', 'c00' from range(12)") with
            {
                Service = $"insert into reader_profile values {string.Join(", ", Enumerable.Repeat($"('{Day}', '')", 12))}",
            },
        ["the export is cut off"] = Files(folder => Cut(Path.Combine(folder, "exports", $"push_{NewsData.Ds(NewsData.Last)}.csv"))),
        ["a wrong column"] = Files(
            folder => Replace(folder, "user: userid, tags: tags", "user: reader_id, tags: tags"),
            folder => Replace(folder, "user: reader_id, tags: tags", "user: userid, tags: tags")),
        ["the job is late"] = Service($"delete from job_log where ds = '{NewsData.Ds(NewsData.Last)}'"),
        ["the marker is late"] = Files(folder => File.SetLastWriteTimeUtc(
            Path.Combine(folder, "warehouse", "app.db", "event", "ds=" + NewsData.Ds(NewsData.Last), "_SUCCESS"),
            NewsData.Last.ToDateTime(new TimeOnly(23, 40), DateTimeKind.Utc))),
        ["half of the events"] = new(new Dictionary<string, Func<string, string>>
        {
            ["event"] = good => $"from {good} where hash(userid) % 2 = 1",
            ["reader_tag"] = good => With(good, "list_filter(tags, lambda x: x not like 'read_time:%' or hash(userid) % 2 = 1)"),
        }),
        ["a test population"] = Tags(good =>
            $"from {good} union all select 'TEST' || i, ['os:web', 'city:c00', 'test:load'], 'web', 'c00' from range(2000) t(i)"),
        ["one tag at zero"] = Changed("list_filter(tags, lambda x: x <> 'city:c03')"),
    };

    static NewsFault Tags(Func<string, string> select) => new(new Dictionary<string, Func<string, string>> { ["reader_tag"] = select });

    static NewsFault Events(Func<string, string> select) => new(new Dictionary<string, Func<string, string>> { ["event"] = select });

    static NewsFault Changed(string tags) => Tags(good => With(good, tags));

    static NewsFault Service(string sql) => new(new Dictionary<string, Func<string, string>>(), sql);

    static NewsFault Files(Action<string> change, Action<string>? undo = null) =>
        new(new Dictionary<string, Func<string, string>>(), null, change, undo);

    static string With(string good, string tags) => $"select userid, {tags} as tags, os, city from {good}";

    static void Cut(string file)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(stream.Length * 9 / 10 + 3);
    }

    static void Replace(string folder, string sound, string other)
    {
        var plan = Path.Combine(folder, "tagguard.yaml");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace(sound, other, StringComparison.Ordinal));
    }
}
