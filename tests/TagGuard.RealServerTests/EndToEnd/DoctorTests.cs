using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`doctor` finds before the first morning what a run would stumble over.</summary>
public sealed class DoctorTests(MariaDb mariaDb)
{
    static readonly DateOnly Yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(-1);

    [Fact]
    public async Task EveryCheckThatCanBeAskedIsToldWithTheDateThatIsThere()
    {
        using var small = new SmallWarehouse().Write(Yesterday, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(0);

        Assert.Equal((3, ""), ((int)doctor.Line["checks"]!, (string)doctor.Line["faulty_checks"]!));
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"ok     check \"user tags\": can be asked, and {Yesterday:yyyy-MM-dd} is there"),
            doctor.Error,
            StringComparison.Ordinal);
        Assert.Equal("not_judged", (await small.Tagguard.RunAsync("gate")).StandingOf("tags"));
    }

    [Fact]
    public async Task PartitionsHistoryAndFamiliesAreToldOfEachCheck()
    {
        using var small = new SmallWarehouse().Write(Yesterday.AddDays(-20), 10).Write(Yesterday.AddDays(-8), 8);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var before = (await small.Tagguard.RunAsync("doctor")).Expect(0);
        await small.Tagguard.RunAsync("backfill", "--from", $"{Yesterday.AddDays(-20):yyyy-MM-dd}", "--to", $"{Yesterday.AddDays(-1):yyyy-MM-dd}");
        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(0);
        var found = doctor.Line["found"]!["user tags"]!;

        Assert.Contains("check \"user tags\": no history is stored", before.Error, StringComparison.Ordinal);
        Assert.Equal(0, (int)before.Line["found"]!["user tags"]!["history"]!["days"]!);
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\"user tags\": 11 of the partitions of the last 14 days are there, the newest of {Yesterday.AddDays(-1):yyyy-MM-dd}, "),
            doctor.Error,
            StringComparison.Ordinal);
        Assert.Equal((14, 11), ((int)found["partitions"]!["days"]!, (int)found["partitions"]!["found"]!));
        Assert.Equal(18, (int)found["history"]!["days"]!);
        Assert.Equal($"{Yesterday.AddDays(-20):yyyy-MM-dd}", (string)found["history"]!["from"]!);
        Assert.Contains("families guessed, by ", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("T000U001 (10 tags), T001U001 (10 tags)", doctor.Error, StringComparison.Ordinal);
        Assert.Equal(("guess", 4), ((string)found["families"]!["made_by"]!, (int)found["families"]!["families"]!));
    }

    [Theory]
    [InlineData("dw.db/tags/data_date={date:yyyyMMdd}", 0)]
    [InlineData("dw.db/tagz/data_date={date:yyyyMMdd}", 0)]
    public async Task ACountFromFootersIsLookedForToo(string path, int exit)
    {
        using var small = new SmallWarehouse().Write(Yesterday, 1);
        await small.EditPlanAsync("stages:\n", $$"""
            stages:
              footers:
                - name: footers
                  count: { connection: files, from: footers, path: "/{{path}}", rule: { expect: { at_least: 1 } } }

            """);
        await small.EditPlanAsync("connections:\n", "connections:\n  files: { type: files, path: warehouse }\n");
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(exit);

        Assert.Contains("check \"footers\": ", doctor.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user: userid", "user: usrid", "dw.tags has userid, tagmap")]
    [InlineData("tags: tagmap", "tags: tagmaps", "dw.tags has userid, tagmap")]
    [InlineData("table: dw.tags", "table: dw.tagz", "dw.tagz")]
    public async Task AWrongNameIsAFaultOfItsCheck(string sound, string wrong, string told)
    {
        using var small = new SmallWarehouse().Write(Yesterday, 1);
        await small.EditPlanAsync(sound, wrong);
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(3);

        Assert.Equal("user tags", (string)doctor.Line["faulty_checks"]!);
        Assert.Contains("FAULT  check \"user tags\": ", doctor.Error, StringComparison.Ordinal);
        Assert.Contains(told, doctor.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsThereOnNoDateIsNotCalledWell()
    {
        using var small = new SmallWarehouse().Write(Yesterday, 1);
        await small.EditPlanAsync("/_SUCCESS", "/_SUCESS");
        (await small.Tagguard.RunAsync("init")).Expect(0);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(0);

        Assert.Contains("NOTE   check \"orders landed\": ", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("_SUCESS", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("is its name right?", doctor.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreThatMayOnlyBeReadIsAFault()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create user reader_{database.Name}@'%' identified by 'only reads'");
        await database.Server.RunAsync($"grant select on {database.Name}.* to reader_{database.Name}@'%'");
        using var small = new SmallWarehouse(SmallWarehouse.Plan.Replace(
            "store: { type: sqlite, path: tagguard.db }",
            $"store: {{ type: mysql, socket: \"{database.Server.Socket}\", database: {database.Name}, "
                + $"user: {MariaDbServer.User}, password: \"${{file:password}}\" }}",
            StringComparison.Ordinal)).Write(Yesterday, 1);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, TestContext.Current.CancellationToken);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        (await small.Tagguard.RunAsync("doctor")).Expect(0);
        await small.EditPlanAsync($"user: {MariaDbServer.User}", $"user: reader_{database.Name}");
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), "only reads", TestContext.Current.CancellationToken);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(3);

        Assert.Equal("store", (string)doctor.Line["faults"]!);
        Assert.Contains("denied", doctor.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenToIsAFault()
    {
        using var small = new SmallWarehouse().Write(Yesterday, 1);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "reports"), "no folder", TestContext.Current.CancellationToken);

        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(3);

        Assert.Contains(Path.Combine(small.Folder, "reports"), doctor.Error, StringComparison.Ordinal);
    }
}
