using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>A connection with tables. Checks that name no partition are of the one that it names; the reader puts it into them.</summary>
public abstract record TableConnectionPlan : ConnectionPlan
{
    [PlanKey("Partition column of tables whose check names none, and whose name holds no date.", Example = "data_date")]
    public string? Partition { get; init; }

    [PlanKey(
        "How the business date is written in partition columns, where a check says nothing else. Default {date:yyyyMMdd}.",
        Example = "{date:yyyy-MM-dd}")]
    public DatePattern? PartitionValue { get; init; }
}
