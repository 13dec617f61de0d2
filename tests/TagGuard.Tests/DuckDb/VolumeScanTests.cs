using TagGuard.Adapters.DuckDb;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>What is counted of a partition of tags.</summary>
public sealed class VolumeScanTests : IDisposable
{
    readonly TestWarehouse _warehouse = new();

    public void Dispose() => _warehouse.Dispose();

    [Fact]
    public async Task AMapsKeysAreCountedWithTheTotalsOfThePartition()
    {
        _warehouse.Partition("dw.tags", "20260101", """
            select * from (values
              ('u1', map {'A_1': '', 'B_1': '3'}), ('u2', map {'A_1': ''}), ('u3', map {'C_1': ''}), ('u4', null),
              ('u5', map([]::varchar[], []::varchar[])), ('u2', map {'C_1': ''})
            ) t(userid, tagmap)
            """);

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap");

        Assert.Equal([new("A_1", 2, null), new("B_1", 1, null), new("C_1", 2, null)], volumes.Keys);
        Assert.Equal((6, 5, 3), (volumes.Rows, volumes.Users, volumes.TaggedUsers));
        Assert.Equal((2, 1, 1), (volumes.UsersWithoutTags, volumes.EmptyMaps, volumes.DuplicateUsers));
        Assert.Null(volumes.ActiveUsers);
    }

    [Fact]
    public async Task ATagTwiceInOneUsersArrayCountsTheUserOnce()
    {
        _warehouse.Partition(
            "dw.tags",
            "20260101",
            "select * from (values (1, ['A_1', 'A_1', null, 'B_1']), (2, ['A_1']), (3, []::varchar[])) t(userid, tags)");

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags");

        Assert.Equal([new("A_1", 2, null), new("B_1", 1, null)], volumes.Keys);
        Assert.Equal((3, 2, 1, 1), (volumes.Users, volumes.TaggedUsers, volumes.UsersWithoutTags, volumes.EmptyMaps));
    }

    [Fact]
    public async Task AFamilyOfThePlanIsCountedOnceAUser()
    {
        _warehouse.Partition(
            "dw.tags", "20260101", "select * from (values (1, ['os-a:b', 'os-c', 'x:y']), (2, ['os-c']), (3, ['vip'])) t(userid, tags)");

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags", families: new SeparatedFamilies("-"));

        Assert.Equal([new FamilyVolume("os", 2)], volumes.Families);
    }

    [Fact]
    public async Task RowsOfUserAndTagAreCountedByUserAndRepeatedPairsAreDuplicates()
    {
        _warehouse.Partition(
            "dw.crowd",
            "20260101",
            "select * from (values ('u1', 'c1'), ('u1', 'c2'), ('u2', 'c1'), ('u2', 'c1'), ('u3', null)) t(userid, crowd)");

        var volumes = await _warehouse.VolumesOfAsync("dw.crowd", "20260101", "crowd");

        Assert.Equal([new("c1", 2, null), new("c2", 1, null)], volumes.Keys);
        Assert.Equal((5, 3, 2, 1), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.DuplicateUsers));
    }

    [Theory]
    [InlineData("null::varchar", "'u7'")]
    [InlineData("''", "'u7'")]
    [InlineData("'nan'::double", "7::double")]
    [InlineData("'infinity'::float", "7::float")]
    [InlineData("null::bigint", "7")]
    public async Task RowsWithoutAUserAreCountedAndBelongToNobody(string nobody, string somebody)
    {
        foreach (var (table, tags) in new[] { ("dw.maps", "map {'A_1': ''}"), ("dw.lists", "['A_1']"), ("dw.pairs", "'A_1'") })
        {
            _warehouse.Partition(
                table,
                "20260101",
                $"select * from (values ({nobody}, {tags}), ({nobody}, {tags}), ({somebody}, {tags})) t(userid, tags)");

            var volumes = await _warehouse.VolumesOfAsync(table, "20260101", "tags");

            Assert.Equal((3, 2, 1, 0), (volumes.Rows, volumes.RowsWithoutUser, volumes.Users, volumes.DuplicateUsers));
            Assert.Equal([new("A_1", 1, null)], volumes.Keys);
        }
    }

    [Fact]
    public async Task TagsThatAreNullAreCounted()
    {
        _warehouse.Partition("dw.lists", "20260101", "select * from (values (1, ['A_1', null, null]), (2, [null])) t(userid, tags)");
        _warehouse.Partition("dw.pairs", "20260101", "select * from (values (1, 'A_1'), (1, null), (1, null), (2, null)) t(userid, tags)");

        Assert.Equal(3, (await _warehouse.VolumesOfAsync("dw.lists", "20260101", "tags")).NullTags);
        // A user's NULL alone says that he has no tag.
        var pairs = await _warehouse.VolumesOfAsync("dw.pairs", "20260101", "tags");
        Assert.Equal((1, 1, 4), (pairs.NullTags, pairs.UsersWithoutTags, pairs.Rows));
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("true", "true")]
    [InlineData("[7::utinyint]", "7")]
    [InlineData("[true]", "true")]
    [InlineData("map {7: 'x'}", "7")]
    public async Task WholeNumbersAndBooleansAreTags(string tags, string key)
    {
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, {tags} as tags");

        Assert.Equal([new(key, 1, null)], (await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags")).Keys);
    }

    [Fact]
    public async Task ManyPairsInNoOrderAreCountedWithinLittleMemory()
    {
        // 400,000 users with 5 tags each and every pair twice: far more than 60 MB of lists.
        _warehouse.Partition(
            "dw.pairs",
            "20260101",
            "select 'user-' || (i * 7919 % 400000) as userid, 'tag-of-some-length-' || (i // 400000 % 5) as tags from range(4000000) t(i)"
        );
        await using var source = (IVolumeSource)
            new DuckDbConnectionPlan
            {
                Path = _warehouse.Folder,
                MemoryLimit = "60MB",
                Threads = 2,
            }.Open("warehouse", _warehouse.Folder, TimeProvider.System);

        var volumes = await source.CountVolumesAsync(
            new VolumeQuery(new TablePart("dw.pairs", "data_date", "20260101", null), "userid", "tags", null),
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal((4_000_000, 400_000, 400_000, 2_000_000), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.DuplicateUsers));
        Assert.Equal(Enumerable.Range(0, 5).Select(tag => new KeyVolume($"tag-of-some-length-{tag}", 400_000, null)), volumes.Keys);
    }

    [Fact]
    public async Task ActiveUsersAreCountedOnceEachAndByTag()
    {
        _warehouse
            .Partition(
                "dw.tags",
                "20260101",
                "select * from (values ('u1', map {'A_1': ''}), ('u2', map {'A_1': ''}), ('u3', map {'B_1': ''})) t(userid, tagmap)")
            .Partition(
                "dw.login",
                "20260101",
                "select * from (values ('u1', 101), ('u1', 102), ('u3', 103), ('u2', 7), ('u9', 101), (null, 101)) t(userid, site_id)");

        var volumes = await _warehouse.VolumesOfAsync(
            "dw.tags",
            "20260101",
            "tagmap",
            new ActiveQuery(new TablePart("dw.login", "data_date", "20260101", "site_id between 100 and 120"), "userid"));

        Assert.Equal(3, volumes.ActiveUsers);
        Assert.Equal([new("A_1", 2, 1), new("B_1", 1, 1)], volumes.Keys);
    }

    [Fact]
    public async Task UserIdsOfDifferentTypesInBothTablesStillMatch()
    {
        _warehouse
            .Partition("dw.tags", "20260101", "select 17 as userid, map {'A_1': ''} as tagmap")
            .Partition("dw.login", "20260101", "select '17' as userid");

        var volumes = await _warehouse.VolumesOfAsync(
            "dw.tags",
            "20260101",
            "tagmap",
            new ActiveQuery(new TablePart("dw.login", "data_date", "20260101", null), "userid"));

        Assert.Equal([new("A_1", 1, 1)], volumes.Keys);
    }

    [Fact]
    public async Task ThousandsOfLongAndShortIdsAreToldApart()
    {
        // 12 bytes lie in place in DuckDB's strings, 13 do not; some share their first 12 bytes.
        _warehouse.Partition("dw.tags", "20260101", """
            select i as userid, map_from_entries([(printf('TAG%09d', i % 5000), ''), (printf('TAG%09d_%d', i % 5000, i % 2), ''),
              ('x' || (i % 3)::varchar, '')]) as tagmap from range(20000) t(i)
            """);

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap");

        Assert.Equal(5000 + 5000 + 3, volumes.Keys.Count);
        Assert.All(volumes.Keys.Where(key => key.Key.StartsWith("TAG", StringComparison.Ordinal)), key => Assert.Equal(4, key.Users));
        Assert.Equal(20000, volumes.Keys.Where(key => key.Key[0] == 'x').Sum(key => key.Users));
        Assert.Equal(0, volumes.DuplicateUsers);
    }

    [Fact]
    public async Task AnyTextIsATagIdAndComesBackUnchanged()
    {
        string[] ids = ["it's", "\"q\"", "a\\b", "标签_1", "😀_1", "a\nb", "", " ", new string('x', 65536), "$date", "{x}"];
        var list = string.Join(", ", ids.Select(id => $"'{id.Replace("'", "''", StringComparison.Ordinal)}'"));
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, [{list}] as tags");

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags");

        Assert.Equal(ids.Order(StringComparer.Ordinal), volumes.Keys.Select(key => key.Key));
    }

    [Fact]
    public async Task AScanAfterAnotherQuestionOnTheSameConnectionWorks()
    {
        _warehouse.Partition("dw.tags", "20260101", "select 1 as userid, map {'A_1': ''} as tagmap");
        await using var source = _warehouse.Open<IVolumeSource>();
        var part = new TablePart("dw.tags", "data_date", "20260101", null);
        await ((ICountSource)source).CountAsync(part, TestContext.Current.CancellationToken);

        var volumes = await source.CountVolumesAsync(new VolumeQuery(part, "userid", "tagmap", null), null, TestContext.Current.CancellationToken);

        Assert.Equal(1, volumes.Rows);
    }

    [Fact]
    public async Task TheTagPartitionIsScannedOnce()
    {
        _warehouse.Partition("dw.tags", "20260101", "select 1 as userid, map {'A_1': ''} as tagmap");

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap");

        Assert.Single(volumes.Asked.Split("read_parquet").Skip(1));
    }

    [Fact]
    public async Task AConditionAndColumnsWithQuotesInTheirNamesWork()
    {
        _warehouse.Partition(
            "dw.tags",
            "20260101",
            """"select i as "user ""id""", [case when i > 5 then 'hi' else 'lo' end] as "the tags" from range(10) t(i)"""");

        var volumes = await _warehouse.VolumesOfAsync(
            "dw.tags",
            "20260101",
            "the tags",
            where: "\"user \"\"id\"\"\" > 5 or false",
            user: "user \"id\"");

        Assert.Equal([new("hi", 4, null)], volumes.Keys);
    }
}
