using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>The keys with which a plan names the part of a table that belongs to one business date.</summary>
public record TablePlan : IPlanPart
{
    [Required, PlanKey("Table, as `schema.table`, or a file of a folder; may hold {date:…}.", Example = "dw.order_fact")]
    public virtual DatePattern Table { get; init; } = new("");

    [PlanKey("Partition column. Needed unless the table's name holds the date.", Example = "data_date")]
    public string? Partition { get; init; }

    [PlanKey("How the business date is written in the partition column. Default {date:yyyyMMdd}.", Example = "{date:yyyy-MM-dd}")]
    public DatePattern PartitionValue { get; init; } = new("{date:yyyyMMdd}");

    [PlanKey("A further condition, in the source's SQL.", Example = "site_id between 100 and 120")]
    public string? Where { get; init; }

    /// <summary>The connection whose default partition it has; null when it names its own, or none.</summary>
    [PlanIgnore]
    public string? PartitionOf { get; set; }

    /// <summary>What is asked and the check does not say itself, for people.</summary>
    [PlanIgnore]
    public virtual IEnumerable<string> Notes => PartitionOf is null || Partition is null
        ? []
        : [$"{Table} is of the partition {Partition}={PartitionValue}, as the connection {PartitionOf} says"];

    public virtual TablePart For(DateOnly date) => new(Table.For(date), Partition, Partition is null ? null : PartitionValue.For(date), Where);

    public virtual IEnumerable<KeyMistake> Mistakes()
    {
        if (Partition is null && Table.Text.Length > 0 && !IsOfOneDate)
            yield return (
                null,
                $"\"{Table}\" is not limited to one business date: add `partition: data_date`, or put {{date:yyyyMMdd}} into the table's name.");
        if (Partition is not null && !PartitionValue.HasDate)
            yield return ("partition_value", "The partition's value is the same every day: write {date:yyyyMMdd}.");
        foreach (var mistake in Outside())
            yield return mistake;
    }

    /// <summary>Whether its name, or what else limits it, holds the date.</summary>
    [PlanIgnore]
    protected virtual bool IsOfOneDate => Table.HasDate;

    /// <summary>Of a folder, table and partition are names of folders and files.</summary>
    protected IEnumerable<KeyMistake> Outside()
    {
        if (InsideFolder.MistakeIn(Table.Text, startsAtFolder: false) is { } table)
            yield return ("table", table);
        if (Partition is not null && InsideFolder.MistakeIn(Partition, startsAtFolder: false) is { } partition)
            yield return ("partition", partition);
        if (InsideFolder.MistakeIn(PartitionValue.Text, startsAtFolder: false) is { } value)
            yield return ("partition_value", value);
    }
}
