using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Exports;

/// <summary>How a folder with files is reached.</summary>
public abstract record FolderOfFilesPlan : ConnectionPlan
{
    public override IReadOnlyList<Type> Capabilities => [typeof(IPathSource), typeof(IExportSource), typeof(ICountSource), typeof(IKeyedSource)];

    public sealed override IEnumerable<KeyMistake> Refuses(TablePart part)
    {
        foreach (var mistake in base.Refuses(part with { Csv = null }))
            yield return mistake;
        if (part.Where is not null)
            yield return ("where", "A file knows no SQL, and is compared whole: take `where` out, and limit the other side.");
        if (part.Partition is not null)
            yield return ("partition", "A file has no partitions: write the date into `table`, as x_{date:yyyyMMdd}.csv.");
    }
}
