using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A warehouse read by the embedded DuckDB, which also counts users by tag in one scan.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="wire">How it is reached.</param>
sealed class DuckDbSource(string name, DuckDbWire wire) : KeyedSqlSource<DuckDbSession>(name, wire), IVolumeSource
{
    public string Question(VolumeQuery query) =>
        VolumeScan.Question(query, wire.Planned(query.Part), query.Active is null ? null : wire.Planned(query.Active.Part));

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        AskAsync(query.Part.ToString(), query.Active is null ? [query.Part] : [query.Active.Part, query.Part], async session =>
        {
            var active = query.Active is null ? null : await session.FindAsync(query.Active.Part);
            var tags = await session.FindAsync(query.Part);
            var volumes = new VolumeScan(session.Database, query, tags, active).Run(progress, cancellationToken);
            if (volumes.ActiveUsers == 0 && active is not null)
                await NeedPartitionAsync(session, active);
            if (volumes.Rows == 0 && tags is not null)
                await NeedPartitionAsync(session, tags);
            return volumes;
        }, cancellationToken, [query.Tags]);
}
