using FsCheck;
using FsCheck.Fluent;
using TagGuard.Adapters.DuckDb;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

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
    [InlineData("'a'::blob", "BLOB")]
    [InlineData("{'a': 1}", "STRUCT(a INTEGER)")]
    [InlineData("[['a']]", "VARCHAR[][]")]
    [InlineData("map {['a']: 1}", "MAP(VARCHAR[], INTEGER)")]
    [InlineData("[1.5::double]", "DOUBLE[]")]
    [InlineData("date '2026-01-01'", "DATE")]
    public async Task AColumnThatHoldsNoTagsIsRefusedWithItsType(string tags, string type)
    {
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, {tags} as tags");

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags"));

        Assert.False(fault.IsAbsent || fault.IsTransient);
        Assert.Contains($"The column tags is {type}, and tags are text, whole numbers or booleans", fault.Message, StringComparison.Ordinal);
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
    public async Task AUserIsOneValue()
    {
        _warehouse.Partition("dw.tags", "20260101", "select {'a': 1} as userid, 'x' as tags");

        Assert.Contains(
            "The column userid is STRUCT(a INTEGER), and a user id is one value",
            (await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MapsListsAndRowsOfTheSameTagsAreCountedAlikeAndAsPlainSqlDoes()
    {
        var tag = Gen.Elements("A_1", "A_2", "B_1", "a much longer tag id", "a much longer tag ie", "");
        var users = Gen.Zip(Gen.Elements("u1", "u2", "u3", "u4", "a user whose id is long", ""), Gen.ListOf(tag))
            .Select(pair => (User: pair.Item1, Tags: pair.Item2.Distinct().ToList()));
        Prop.ForAll(
                Gen.NonEmptyListOf(users).ToArbitrary(),
                all =>
                {
                    using var warehouse = new TestWarehouse();
                    var rows = all.DistinctBy(row => row.User).Where(row => row.Tags.Count > 0).ToList();
                    if (rows.Count == 0)
                        return;
                    var values = string.Join(
                        ", ",
                        rows.Select(row => $"('{row.User}', [{string.Join(", ", row.Tags.Select(tag => $"'{tag}'"))}]::varchar[])"));
                    warehouse
                        .Partition("dw.lists", "20260101", $"select * from (values {values}) t(userid, tags)")
                        .Partition(
                            "dw.maps",
                            "20260101",
                            "select userid, map_from_entries(list_transform(tags, lambda one: struct_pack(k := one, v := 1))) as tags from (values "
                                + $"{values}) t(userid, tags)")
                        .Partition("dw.pairs", "20260101", $"select userid, unnest(tags) as tags from (values {values}) t(userid, tags)")
                        .Partition("dw.login", "20260101", "select unnest(['u1', 'u1', 'u3', '', null]) as userid");
                    var active = new ActiveQuery(new TablePart("dw.login", "data_date", "20260101", null), "userid");
                    var known = rows.Where(row => row.User.Length > 0).ToList();
                    var expected = known
                        .SelectMany(row => row.Tags.Select(tag => (tag, row.User)))
                        .GroupBy(pair => pair.tag)
                        .Select(same => new KeyVolume(same.Key, same.Count(), same.Count(pair => pair.User is "u1" or "u3")))
                        .OrderBy(key => key.Key, StringComparer.Ordinal)
                        .ToList();

                    foreach (var table in new[] { "dw.lists", "dw.maps", "dw.pairs" })
                    {
                        var volumes = warehouse.VolumesOfAsync(table, "20260101", "tags", active).GetAwaiter().GetResult();

                        Assert.Equal(expected, volumes.Keys);
                        Assert.Equal(
                            (known.Count, known.Count, 2, 0),
                            (volumes.Users, volumes.TaggedUsers, volumes.ActiveUsers, volumes.DuplicateUsers));
                        Assert.Equal(table == "dw.pairs" ? rows.Sum(row => row.Tags.Count) : rows.Count, volumes.Rows);
                    }
                }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
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

    [Fact]
    public async Task APartitionThatIsNotThereIsAbsentAndTheNewestIsNamed()
    {
        _warehouse.Partition("dw.tags", "20260101", "select 1 as userid, map {'A_1': ''} as tagmap");

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260102", "tagmap"));

        Assert.True(fault.IsAbsent);
        Assert.Contains("data_date=20260102", fault.Message, StringComparison.Ordinal);
        Assert.Contains("newest is data_date=20260101", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartitionWithoutFilesHasNoUsers()
    {
        Directory.CreateDirectory(Path.Combine(_warehouse.Folder, "dw.db", "tags", "data_date=20260101"));

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap");

        Assert.Equal((0, 0), (volumes.Rows, volumes.Keys.Count));
    }

    [Fact]
    public async Task AFileThatIsCutShortIsAnErrorAndNotASmallerCount()
    {
        _warehouse.Partition("dw.tags", "20260101", "select i as userid, map {'A_1': ''} as tagmap from range(10000) t(i)");
        var file = Directory.GetFiles(_warehouse.Folder, "*.parquet", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap"));

        Assert.False(fault.IsAbsent);
        Assert.Contains("part-0.parquet", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task AScanCanBeInterrupted()
    {
        _warehouse.Partition("dw.tags", "20260101", "select i as userid, map {'A_1': ''} as tagmap from range(3000000) t(i)");
        await using var source = _warehouse.Open<IVolumeSource>();
        using var stop = new CancellationTokenSource();
        var query = new VolumeQuery(new TablePart("dw.tags", "data_date", "20260101", null), "userid", "tagmap", null);

        // The first report of progress comes from inside the scan.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.CountVolumesAsync(query, new StopAtOnce(stop), stop.Token));

        var again = await source.CountVolumesAsync(query, null, TestContext.Current.CancellationToken);
        Assert.Equal(3_000_000, again.Rows);
    }

    [Fact]
    public void CountsAgreeWithASlowAndSimpleCount()
    {
        var tags = Gen.Elements("A_1", "A_2", "B_1", "a much longer tag id", "a much longer tag ie", "");
        var users = Gen.Zip(Gen.Choose(1, 6), Gen.ListOf(tags)).Select(pair => (User: pair.Item1, Tags: pair.Item2.ToList()));
        Prop.ForAll(Gen.NonEmptyListOf(users).ToArbitrary(), rows =>
        {
            using var warehouse = new TestWarehouse();
            var values = string.Join(", ", rows.Select(row => $"({row.User}, [{string.Join(", ", row.Tags.Select(tag => $"'{tag}'"))}]::varchar[])"));
            warehouse.Partition("dw.tags", "20260101", $"select * from (values {values}) t(userid, tags)");
            var volumes = warehouse.VolumesOfAsync("dw.tags", "20260101", "tags").GetAwaiter().GetResult();

            var expected = rows.SelectMany(row => row.Tags.Distinct())
                .GroupBy(tag => tag)
                .Select(same => new KeyVolume(same.Key, same.Count(), null));
            Assert.Equal(expected.OrderBy(key => key.Key, StringComparer.Ordinal), volumes.Keys);
            Assert.Equal(rows.Select(row => row.User).Distinct().Count(), volumes.Users);
            Assert.Equal(rows.Where(row => row.Tags.Count > 0).Select(row => row.User).Distinct().Count(), volumes.TaggedUsers);
        }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
