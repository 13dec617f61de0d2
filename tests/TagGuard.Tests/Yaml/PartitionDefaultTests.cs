using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Yaml;

/// <summary>A connection names the partition of its tables; a check's own keys win.</summary>
public sealed class PartitionDefaultTests
{
    static string Plan(string connection, string measure) => $$"""
        name: p
        connections:
          store: { type: sqlite, path: s }
          dw: { type: duckdb, path: w, {{connection}} }
        stages:
          tags:
            - { name: c, {{measure}} }
        """;

    static IMeasure Read(string connection, string measure) => SomePlan.InFile(Plan(connection, measure), file =>
        Reader().Read(file).StageList[0].Checks[0].Measure);

    static PlanReader Reader() => new(Connections.All, calendars: Repository.Path("jobs/calendars"));

    [Theory]
    [InlineData("table: t", "dt", "2026-02-03")]
    [InlineData("table: t, partition: ds", "ds", "2026-02-03")]
    [InlineData("table: t, partition_value: \"{date:yyyyMMdd}\"", "dt", "20260203")]
    [InlineData("table: \"t_{date:yyyyMMdd}\"", null, null)]
    [InlineData("table: \"t_{date:yyyyMMdd}\", partition: ds", "ds", "2026-02-03")]
    public void ACheckHasThePartitionOfItsConnectionWhereItSaysNothingItself(string table, string? column, string? value)
    {
        var count = (CountMeasure)Read(
            "partition: dt, partition_value: \"{date:yyyy-MM-dd}\"",
            $"count: {{ connection: dw, {table}, rule: {{ expect: {{ at_least: 1 }} }} }}");

        var part = count.For(new DateOnly(2026, 2, 3));
        Assert.Equal((column, value), (part.Partition, part.Value));
        Assert.Equal(column is null ? 0 : 1, count.Notes.Count());
    }

    [Fact]
    public void VolumesAndBothSidesOfAnEqualHaveItAndSayWhoseItIs()
    {
        var volume = (VolumeMeasure)Read(
            "partition: dt", "volume: { connection: dw, table: t, user: u, tags: g, active: { table: a, user: u } }");
        var equal = (EqualMeasure)Read(
            "partition: dt", "equal: { left: { connection: dw, table: a }, right: { connection: dw, table: b, snapshot: yes } }");

        Assert.Equal("dt", volume.Partition);
        Assert.Equal("20260203", volume.Active!.Query(new DateOnly(2026, 2, 3), volume).Part.Value);
        Assert.Equal(["t is of the partition dt={date:yyyyMMdd}, as the connection dw says"], volume.Notes);
        Assert.Equal(("dt", null), (equal.Left.Partition, equal.Right.Partition));
        Assert.Equal("b is a snapshot: all that is there when it is asked", equal.Notes.Last());
    }

    [Fact]
    public void AMistakeInItIsToldOnceAtTheConnection()
    {
        var text = Plan("partition: dt, partition_value: \"20260203\"", "count: { connection: dw, table: t }")
            + "\n    - { name: d, count: { connection: dw, table: u } }";

        var refused = Assert.Throws<PlanException>(() => SomePlan.InFile(text, file => Reader().Read(file)));

        var mistake = Assert.Single(refused.Mistakes);
        Assert.Equal(4, mistake.Line);
        Assert.Contains("The partition's value is the same every day", mistake.Message, StringComparison.Ordinal);
    }
}
