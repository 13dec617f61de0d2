using TagGuard.Facts;

namespace TagGuard.StoreContracts;

/// <summary>What was known of tags is kept for each day, whatever is known of them on another, and in whatever order days are saved.</summary>
public abstract class TagsContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly TagEntry Push = new("push", "wang", "job_push", "noon push"), Other = new("news") { Families = null };

    static TagTable Of(params (string Tag, TagEntry Entry)[] entries) => new(entries.ToDictionary(one => one.Tag, one => one.Entry));

    Task SaveAsync(int day, TagTable tags) => Store.SaveAsync(
        Given.Date.AddDays(day),
        Given.Stage(Given.Volumes([Given.Taken(Metrics.TableTags, tags.Entries.Count)]) with { Tags = tags }));

    async Task<IEnumerable<(string, TagEntry)>> OnAsync(int day) =>
        (await Store.TagsAsync(Given.Plan, Given.Tags, Given.Date.AddDays(day), Token)).On(Given.Date.AddDays(day)).Entries
        .Select(one => (one.Key, one.Value)).OrderBy(one => one.Key, StringComparer.Ordinal);

    [Fact]
    public async Task EachDayFindsWhatWasKnownThen()
    {
        await SaveAsync(0, Of(("a", Push), ("A", Other), ("it's 标签", new(null) { Families = "news, push" })));
        await SaveAsync(1, Of(("a", Push), ("A", Other), ("it's 标签", new(null) { Families = "news, push" })));
        await SaveAsync(2, Of(("a", Other), ("b", Push)));

        Assert.Empty(await OnAsync(-1));
        Assert.Equal([("A", Other), ("a", Push), ("it's 标签", new(null) { Families = "news, push" })], await OnAsync(1));
        Assert.Equal([("a", Other), ("b", Push)], await OnAsync(5));
        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date.AddDays(3), 7, Given.Later, Token);
        Assert.Equal((Push, Other), (history.Tags.On("a", Given.Date.AddDays(1)), history.Tags.On("a", Given.Date.AddDays(2))));
        Assert.Equal(Push, (await Store.DayAsync(Given.Plan, Given.Date.AddDays(1), 0, Token)).TagsOf(Given.Tags).Find("a"));
        Assert.Empty((await Store.TagsAsync(Given.Plan, "crowds", Given.Date.AddDays(3), Token)).On(Given.Date.AddDays(3)).Entries);
    }

    [Fact]
    public async Task ADayThatIsJudgedAgainChangesNoLaterDay()
    {
        await SaveAsync(0, Of(("a", Push)));
        await SaveAsync(1, Of(("a", Push)));
        await SaveAsync(3, Of(("a", Push)));
        await SaveAsync(1, Of(("a", Other), ("b", Push)));
        await SaveAsync(-2, Of(("c", Push)));

        Assert.Equal([("c", Push)], await OnAsync(-2));
        Assert.Equal([("a", Push)], await OnAsync(0));
        Assert.Equal([("a", Other), ("b", Push)], await OnAsync(1));
        Assert.Equal([("a", Push)], await OnAsync(3));
        await SaveAsync(1, Of(("a", Push)));
        Assert.Equal([("a", Push)], await OnAsync(1));
        Assert.Equal([("a", Push)], await OnAsync(3));
    }
}
