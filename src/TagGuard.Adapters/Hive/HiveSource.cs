using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>A server that speaks HiveServer2's protocol. Hive itself keeps statistics of partitions that say whether they are accurate.</summary>
/// <remarks>
/// Spark's do not: `spark.sql.statistics.numRows` stays what ANALYZE found, whatever is inserted later, so Spark is always asked for a count.
/// </remarks>
sealed class HiveSource(string name, HiveWire wire) : VolumeSqlSource<HiveSession>(name, wire, new SparkDialect('@')), IKeyedSource, IStatisticsSource
{
    readonly KeyedSqlSource<HiveSession> _keyed = new(name, wire);

    public string Question(KeyedPart part, int buckets) => _keyed.Question(part, buckets);

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) =>
        _keyed.BucketsAsync(part, buckets, cancellationToken);

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken) =>
        _keyed.RowsAsync(part, choice, cancellationToken);

    public Task<KeptStatistics> StatisticsAsync(TablePart part, CancellationToken cancellationToken)
    {
        var asked = StatisticsQuestion(part);
        return AskAsync(asked, [part], session => session.StatisticsAsync(part), cancellationToken);
    }

    public string StatisticsQuestion(TablePart part) => HiveStatistics.Question(part);
}
