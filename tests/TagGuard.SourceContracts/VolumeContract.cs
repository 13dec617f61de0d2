using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>Users are counted by tag; a partition of tags, or of active users, that is not there is absent.</summary>
public abstract class VolumeContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    static readonly SourceTable Tags = new(
        "tags", "data_date", [new("data_date", ColumnKind.Text), new("userid", ColumnKind.Text), new("tag", ColumnKind.Text)],
        [Given.Yesterday, "u1", "A"], [Given.Today, "u1", "A"], [Given.Today, "u2", "A"], [Given.Today, "u2", "it's"], [Given.Today, "u3", null]);

    [Fact]
    public async Task UsersAreCountedByTagWithTheActiveAmongThem()
    {
        var volumes = await VolumesAsync(Given.Today, new ActiveQuery(OrdersOf(Given.Yesterday), "name"));

        Assert.Equal([new("A", 2, 0), new("it's", 1, 0)], volumes.Keys);
        Assert.Equal((4, 3, 2, 2L), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.ActiveUsers));
    }

    [Theory]
    [InlineData("os:android_tv", "os")]
    [InlineData("A1_2_3", "A1_2")]
    [InlineData("os'$1-android:tv", "os'$1", "-")]
    [InlineData("os[.x[.y", "os[.x", "[.")]
    [InlineData("os\\_android", "os", @"\_")]
    [InlineData("age18-x", "age", null, @"^([a-z]+)\d+-")]
    [InlineData("v'$1.18", "v'$1", null, @"^(.+)\.[\d]")]
    public async Task TheUsersOfAFamilyAreCountedOnceHoweverManyOfItsTagsTheyHave(
        string tag, string family, string? separator = null, string? pattern = null)
    {
        await Tables.AddAsync(new SourceTable(
            "tags",
            "data_date",
            [new("data_date", ColumnKind.Text), new("userid", ColumnKind.Text), new("tag", ColumnKind.Text)],
            [Given.Today, "u1", tag], [Given.Today, "u1", tag + "x"], [Given.Today, "u1", tag + "x"], [Given.Today, "u2", tag],
            [Given.Today, "u2", "A"], [Given.Today, "u3", "A"], [Given.Today, "u3", "_A"], [Given.Today, null, tag], [Given.Today, "u4", null]));
        var query = new VolumeQuery(Part("tags", Given.Today), "userid", "tag", null)
        {
            Families = separator is not null ? new SeparatedFamilies(separator) : pattern is null ? TagFamilies.Guessed : PatternOf(pattern),
        };
        var volumes = await AskAsync((IVolumeSource source) => source.CountVolumesAsync(query, null, Token));

        Assert.Equal([new FamilyVolume(family, 2)], volumes.Families);
        Assert.Equal((9, 4, 3, 1, 1), (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.DuplicateUsers, volumes.RowsWithoutUser));
        Assert.True(volumes.RowsArePairs);
    }

    [Fact]
    public async Task AFamilyOfATableOfTagsIsCountedLikeOneOfTheirNames()
    {
        await Tables.AddAsync(Tags);
        var table = TagTable.Of([["A", "it's $1 \\ family", null, null, null], ["it's", "it's $1 \\ family", null, null, null]]);
        var query = new VolumeQuery(Part("tags", Given.Today), "userid", "tag", null) { Families = new TabledFamilies(table, TagFamilies.Guessed) };
        var volumes = await AskAsync((IVolumeSource source) => source.CountVolumesAsync(query, null, Token));

        Assert.Equal([new FamilyVolume("it's $1 \\ family", 2)], volumes.Families);
        Assert.DoesNotContain("family'", volumes.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutFamiliesNoneIsCounted()
    {
        await Tables.AddAsync(Tags);
        var query = new VolumeQuery(Part("tags", Given.Today), "userid", "tag", null) { Families = new SeparatedFamilies("") };

        Assert.Empty((await AskAsync((IVolumeSource source) => source.CountVolumesAsync(query, null, Token))).Families);
    }

    [Fact]
    public async Task APartitionOfTagsThatIsNotThereIsAbsent() => await IsAbsentAsync(VolumesAsync(Given.Tomorrow), "tags", Given.Tomorrow);

    [Fact]
    public async Task APartitionOfActiveUsersThatIsNotThereIsAbsent() =>
        await IsAbsentAsync(VolumesAsync(Given.Today, new ActiveQuery(OrdersOf(Given.Tomorrow), "name")), "orders", Given.Tomorrow);

    [Fact]
    public async Task APartitionWhoseRowsAConditionLeavesOutIsThere()
    {
        var volumes = await VolumesAsync(Given.Today, new ActiveQuery(OrdersOf(Given.Today, "n = 99"), "name"), "tag = 'Z'");

        Assert.Equal((0, 0, 0L), (volumes.Rows, volumes.Users, volumes.ActiveUsers));
        Assert.Empty(volumes.Keys);
    }

    static PatternFamilies PatternOf(string pattern)
    {
        Assert.Null(PortablePattern.MistakeIn(pattern, out var read));
        return new PatternFamilies(read!);
    }

    async Task<Volumes> VolumesAsync(string value, ActiveQuery? active = null, string? where = null)
    {
        await Tables.AddAsync(Tags);
        var query = new VolumeQuery(Part("tags", value, where), "userid", "tag", active);
        return await AskAsync((IVolumeSource source) => source.CountVolumesAsync(query, null, Token));
    }
}
