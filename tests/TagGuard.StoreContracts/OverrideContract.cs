using TagGuard.Gates;

namespace TagGuard.StoreContracts;

/// <summary>A person opens a gate for a while, and everybody sees who.</summary>
public abstract class OverrideContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static Override Opened(int hours = 4, string by = "wang") =>
        new(by, "HBase is late, the services use yesterday's", Given.Night, Given.Night.AddHours(hours));

    [Fact]
    public async Task AnOverrideOpensAClosedGateAndIsShownAsOne()
    {
        await Store.SaveAsync(Given.Date, Given.Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);

        var gate = await GateAsync();

        Assert.False(gate.IsGood);
        Assert.Equal(Opened(), gate.Override);
        Assert.True(gate.At(Given.Night) is { IsOpen: true, ByOverride: true });
        Assert.Equal("0|1", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task AnOverrideThatRanOutOpensNothingAndStaysVisible()
    {
        await Store.SaveAsync(Given.Date, Given.Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);

        var gate = await GateAsync();

        Assert.NotNull(gate.Override);
        Assert.False(gate.At(Given.Night.AddHours(5)).IsOpen);
    }

    [Fact]
    public async Task AStageThatWasNeverJudgedCanBeOpenedByAPersonAndIsForgottenWhenThatIsRevoked()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        var gate = await GateAsync();
        var revoked = await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token);

        Assert.Equal((false, 0L, GateExit.CouldNotTell), (gate.IsGood, gate.RunId, gate.Exit));
        Assert.True(gate.At(Given.Night).IsOpen);
        Assert.Equal(1, revoked);
        Assert.Empty(await Store.GatesAsync(Given.Plan, Given.Date, Token));
    }

    [Fact]
    public async Task AnOverrideOutlivesTheRunsThatFollow()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await using var run = await BeginAsync();
        var underWay = await GateAsync();
        var flagUnderWay = Look("select state, is_online from tag_stage_state");
        await Store.SaveAsync(run, Given.Failed(), Token);

        Assert.Equal(Opened(), underWay.Override);
        Assert.Equal("0|1", flagUnderWay);
        Assert.Equal(Opened(), (await GateAsync()).Override);
        Assert.Equal("0|1", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task ACheckThatFindsTheDataGoodReleasesItItself()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        Assert.Equal("1|2", Look("select state, is_online from tag_stage_state"));
        await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night, Token);
        Assert.Equal("1|2", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task RevokedOverridesStayStoredWithWhoRevokedThem()
    {
        await Store.SaveAsync(Given.Date, Given.Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(by: "li"), Token);

        Assert.Equal("li", (await GateAsync()).Override?.By);
        Assert.Equal(2, await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token));
        Assert.Equal(0, await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token));
        Assert.Null((await GateAsync()).Override);
        Assert.Equal("0|0", Look("select state, is_online from tag_stage_state"));
        Assert.Equal("wang|zhao li|zhao", Look("select opened_by, revoked_by from override order by id"));
    }

    [Fact]
    public async Task AnOverrideIsOfItsStageAndDateOnly()
    {
        await Store.SaveAsync(Given.Date, Given.Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "sync", Opened(), Token);
        await Store.OverrideAsync(Given.Plan, Given.Date.AddDays(1), "tags", Opened(), Token);

        Assert.Null((await GateAsync()).Override);
    }
}
