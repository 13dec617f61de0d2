using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>Rows of a part of a table are counted; a partition that is not there is absent, and never 0.</summary>
public abstract class CountContract<TTables> : SourceContract<TTables>
    where TTables : ISourceTables, new()
{
    [Fact]
    public async Task RowsOfAPartitionAreCounted()
    {
        Assert.Equal(3, (await CountAsync(OrdersOf(Given.Today))).Rows);
        Assert.Equal(2, (await CountAsync(OrdersOf(Given.Yesterday))).Rows);
    }

    [Fact]
    public async Task AConditionStaysWithinThePartition()
    {
        Assert.Equal(1, (await CountAsync(OrdersOf(Given.Today, "n = 1 or n = 7"))).Rows);
        Assert.Equal(2, (await CountAsync(OrdersOf(null, "n = 1 or n = 7"))).Rows);
    }

    [Fact]
    public async Task AllRowsOfATableAreCounted() => Assert.Equal(5, (await CountAsync(OrdersOf(null))).Rows);

    [Fact]
    public async Task ATableWithoutRowsHasNone()
    {
        await Tables.AddAsync(new SourceTable("bare", null, [new("n", ColumnKind.Whole)]));

        Assert.Equal(0, (await CountAsync(Part("bare", null))).Rows);
    }

    [Fact]
    public async Task WhatADryRunPrintsIsWhatIsAsked()
    {
        foreach (var part in new[] { OrdersOf(Given.Today, "n = 1"), OrdersOf(null) })
        {
            var planned = await AskAsync((ICountSource source) => Task.FromResult(source.Question(part)));
            Assert.Equal(planned, Tables.AsPlanned((await CountAsync(part)).Asked));
            Assert.Contains(part.Value ?? "", planned, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ATableThatIsNotThereIsAbsent()
    {
        await IsAbsentAsync(CountAsync(Part("nothing", Given.Today)), "nothing");
        await IsAbsentAsync(CountAsync(Part("nothing", null)), "nothing");
        await IsAbsentAsync(CountAsync(new TablePart("nowhere.orders", null, null, null)), "orders");
    }

    [Fact]
    public async Task APartitionThatIsNotThereIsAbsent()
    {
        await IsAbsentAsync(CountAsync(OrdersOf(Given.Tomorrow)), "orders", "data_date", Given.Tomorrow);
        await IsAbsentAsync(CountAsync(OrdersOf(Given.Tomorrow, "n = 1")), "orders", "data_date", Given.Tomorrow);
    }

    [Fact]
    public async Task APartitionWhoseRowsAConditionLeavesOutIsThere() => Assert.Equal(0, (await CountAsync(OrdersOf(Given.Today, "n = 99"))).Rows);

    [Fact]
    public async Task AWrongConditionIsAMistake()
    {
        await IsMistakeAsync(CountAsync(OrdersOf(Given.Today, "no_such_column = 1")));
        await IsMistakeAsync(CountAsync(OrdersOf(Given.Today, "n = ")));
    }

    [Fact]
    public async Task AWrongColumnIsToldAsAMistakeOfThePlanWithTheColumnsThatThereAre()
    {
        var column = await FaultAsync(CountAsync(OrdersOf(Given.Today, "no_such_column = 1")));
        var noSql = await FaultAsync(CountAsync(OrdersOf(Given.Today, "n = ")));

        Assert.Contains("no_such_column", column.Message, StringComparison.Ordinal);
        Assert.Contains("ordered_at", column.Message, StringComparison.Ordinal);
        Assert.All(new[] { column, noSql }, fault =>
        {
            Assert.EndsWith(Measurement.Missed.PlanCure, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
        });
    }

    [Theory]
    [MemberData(nameof(Given.OddTexts), MemberType = typeof(Given))]
    public async Task AnOddValueIsTheValueOfAPartition(string value)
    {
        await Tables.AddAsync(Given.Orders with { Name = "odd", Rows = [[value, "1", "", null], ["other", "2", "", null]] });
        var part = Part("odd", value);

        Assert.Equal(1, (await CountAsync(part)).Rows);
        await IsAbsentAsync(CountAsync(part with { Value = value + "x" }), value + "x");
    }
}
