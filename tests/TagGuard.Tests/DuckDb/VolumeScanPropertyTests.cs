using FsCheck;
using FsCheck.Fluent;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>Counts of any tags are those of a slow and simple way.</summary>
public sealed class VolumeScanPropertyTests
{
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
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }
}
