using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Users by tag, of each shape that a table keeps tags in.</summary>
[Collection(Spark.Collection)]
public sealed class SparkVolumeTests : SparkDatabase
{
    [Theory]
    [InlineData("map('A', 1, 'B', 1)", "map('A', 1)", "cast(map() as map<string, int>)")]
    [InlineData("array('A', 'B', 'A')", "array('A')", "cast(array() as array<string>)")]
    public async Task ARowAUserIsCountedByItsTags(string both, string one, string none)
    {
        await Spark.RunAsync($"""
            create table {Database}.tags using parquet as
            select 'u1' as userid, {both} as tags union all select 'u2', {one} union all select 'u3', {none} union all select 'u4', null
            union all select 'u2', {one} union all select null, {one} union all select '', {one}
            """);
        await using var source = Spark.Source();
        var query = new VolumeQuery(new TablePart($"{Database}.tags", null, null, null), "userid", "tags", null);

        var volumes = await source.CountVolumesAsync(query, null, Spark.Token);

        Assert.Equal([new("A", 3, null), new("B", 1, null)], volumes.Keys);
        Assert.Equal((7, 4, 2, 2, 1, 1, 2), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.UsersWithoutTags,
            volumes.EmptyMaps, volumes.DuplicateUsers, volumes.RowsWithoutUser));
    }

    [Fact]
    public async Task AStructHoldsNoTags()
    {
        await Spark.RunAsync($"create table {Database}.tags using parquet as select 'u1' as userid, struct(1 as a) as tags");
        await using var source = Spark.Source();
        var query = new VolumeQuery(new TablePart($"{Database}.tags", null, null, null), "userid", "tags", null);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountVolumesAsync(query, null, Spark.Token));

        Assert.Contains("The column tags is a struct", fault.Message, StringComparison.Ordinal);
    }
}
