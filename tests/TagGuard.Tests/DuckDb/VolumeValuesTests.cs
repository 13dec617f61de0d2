using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>Tags that a map's keys make with their values, and tags that SQL makes.</summary>
public sealed class VolumeValuesTests : IDisposable
{
    readonly TestWarehouse _warehouse = new();

    public void Dispose() => _warehouse.Dispose();

    [Fact]
    public async Task AValueIsATagBesideItsKeyAndTheKeyIsItsFamily()
    {
        _warehouse.Partition("dw.tags", "20260101", """
            select * from (values ('u1', map {'vip': '3', 'city': 'a/b=c:d'}), ('u2', map {'vip': '4'}), ('u3', map {'vip': '3', 'vip=3': 'x'}))
                t(userid, tags)
            """);

        var volumes = await ValuesAsync();

        Assert.Equal(
            [
                new("city", 1, null), new("city=a/b=c:d", 1, null), new("vip", 3, null), new("vip=3", 2, null), new("vip=3=x", 1, null),
                new KeyVolume("vip=4", 1, null),
            ],
            volumes.Keys);
        Assert.Equal([new("city", 1), new FamilyVolume("vip", 3)], volumes.Families);
        Assert.Equal((3, 3, 3, 0), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.DuplicateUsers));
    }

    [Fact]
    public async Task NullAndEmptyValuesAddNoTagAndAMapThatIsNullHasNone()
    {
        _warehouse.Partition("dw.tags", "20260101", """
            select * from (values ('u1', map {'vip': null::varchar, 'os': ''}), ('u2', null), ('u3', map([]::varchar[], []::varchar[])))
                t(userid, tags)
            """);

        var volumes = await ValuesAsync();

        Assert.Equal([new("os", 1, null), new KeyVolume("vip", 1, null)], volumes.Keys);
        Assert.Equal((2, 1, 0), (volumes.UsersWithoutTags, volumes.EmptyMaps, volumes.NullTags));
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("-3::tinyint", "-3")]
    [InlineData("true", "true")]
    [InlineData("1.50::decimal(10,2)", "1.5")]
    [InlineData("100::decimal(10,2)", "100")]
    [InlineData("0::decimal(20,9)", "0")]
    [InlineData("date '2026-02-03'", "2026-02-03")]
    [InlineData("'it''s TRUE 1.50'", "it's TRUE 1.50")]
    public async Task AValueHasOneTextInEverySystem(string value, string text)
    {
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, map {{7: {value}}} as tags");

        Assert.Equal([new("7", 1, null), new KeyVolume($"7={text}", 1, null)], (await ValuesAsync()).Keys);
    }

    [Theory]
    [InlineData("map {'a': 1.5::double}", "The values of tags are DOUBLE, which no two systems write alike", "Take `values` out")]
    [InlineData("map {'a': [1]}", "The values of tags are INTEGER[]")]
    [InlineData("['a']", "the tags are the keys and values of a map, and tags is VARCHAR[]")]
    [InlineData("'a'", "and tags is VARCHAR: take `values` out")]
    public async Task WhatHasNoSuchValuesIsRefusedWithTheCure(string tags, params string[] said)
    {
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, {tags} as tags");

        var fault = await Assert.ThrowsAsync<SourceException>(() => ValuesAsync());

        Assert.All(said, words => Assert.Contains(words, fault.Message, StringComparison.Ordinal));
        Assert.False(fault.IsTransient);
    }

    [Fact]
    public async Task ValuesThatTellUsersApartAreTooMany()
    {
        _warehouse.Partition("dw.tags", "20260101", "select i as userid, map {'vip': i % 3, 'last_login': i} as tags from range(200000) t(i)");

        var fault = await Assert.ThrowsAsync<SourceException>(() => ValuesAsync(1000));

        Assert.Contains("The values of tags make more than 1,000 tags, of `last_login` alone", fault.Message, StringComparison.Ordinal);
        Assert.Contains("raise `at_most`", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(string_split(list, ','))", "a b|c")]
    [InlineData("(case when list like '%)%' then 'odd' else split_part(list, ',', 1) end)", "a b")]
    [InlineData("(map {'first': split_part(list, ',', 1), 'it''s': 'x'})", "first|first=a b|it's|it's=x")]
    public async Task TagsAreMadeBySqlInParentheses(string sql, string keys)
    {
        _warehouse.Partition("dw.tags", "20260101", "select 'u1' as userid, 'a b,c' as list");

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", sql, values: sql.Contains("map", StringComparison.Ordinal) ? 10 : null);

        Assert.Equal(keys.Split('|'), volumes.Keys.Select(key => key.Key));
    }

    Task<Volumes> ValuesAsync(int most = 1000) => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags", values: most);
}
