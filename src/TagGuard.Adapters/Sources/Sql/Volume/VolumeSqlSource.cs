using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>A session of a cluster that counts.</summary>
interface IVolumeSession : ISqlSession
{
    VolumeDialect Volumes { get; }

    /// <summary>How tags are kept, by the type of their column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tags">The column, or SQL in parentheses.</param>
    /// <param name="values">Whether the values of a map are tags too.</param>
    /// <exception cref="SqlFault">It is not there.</exception>
    /// <exception cref="InvalidDataException">It holds no tags, or values that are none: see <see cref="TagColumn"/>.</exception>
    Task<TagColumn> ColumnOfAsync(TableSql table, string tags, bool values);

    /// <summary>The rows of <see cref="VolumeSql.Statement"/>: two texts, then whole numbers.</summary>
    IAsyncEnumerable<(string Kind, string? Name, long[] Numbers)> VolumesAsync(VolumeSql sql);
}

/// <summary>A cluster that is asked in SQL, and counts users by tag in one statement.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="wire">How it is reached.</param>
/// <param name="planned">The words in which a question is shown before the cluster was asked which it is.</param>
class VolumeSqlSource<TSession>(string name, ISqlWire<TSession> wire, VolumeDialect planned) : SqlSource<TSession>(name, wire), IVolumeSource
    where TSession : IVolumeSession
{
    readonly ISqlWire<TSession> _wire = wire;

    public string Question(VolumeQuery query) => new VolumeSql(
        planned,
        query,
        new TagColumn(TagShape.Map, query.ValuesAtMost is null ? TagValue.None : TagValue.Text),
        _wire.Planned(query.Part),
        query.Active is null ? null : _wire.Planned(query.Active.Part)).Statement.Asked;

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        AskAsync(query.Part.ToString(), query.Active is null ? [query.Part] : [query.Active.Part, query.Part], async session =>
        {
            var tags = await session.FindAsync(query.Part) ?? throw new DataAbsentException(WithoutFiles(query.Part));
            var active = query.Active is null ? null : await session.FindAsync(query.Active.Part);
            var column = await session.ColumnOfAsync(tags, query.Tags, query.ValuesAtMost is not null);
            var counted = new VolumeSql(session.Volumes, query, column, tags, active);
            var rows = new VolumeTally(column.Shape, session.Volumes.TellsRepeats(column.Shape) ? query.Families : null);
            await foreach (var (kind, entry, numbers) in session.VolumesAsync(counted).WithCancellation(cancellationToken))
            {
                rows.Add(kind, entry, numbers);
                if (query.ValuesAtMost < rows.Keys.Count)
                    throw TagColumn.TooMany(query, rows.Keys.Select(key => key.Key));
            }
            if (counted.ActiveUsers is { } apart)
                rows.Add(VolumeSql.Kinds.Active, null, [await session.NumberAsync(apart), 0, 0, 0]);
            var volumes = rows.Sum(active is not null, counted.Asked);
            if (volumes.ActiveUsers == 0 && active is not null)
                await NeedPartitionAsync(session, active);
            if (volumes.Rows == 0)
                await NeedPartitionAsync(session, tags);
            return volumes;
        }, cancellationToken, [query.Tags]);
}
