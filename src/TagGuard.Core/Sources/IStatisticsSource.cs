namespace TagGuard.Sources;

/// <summary>A source that keeps what its partitions held when it last wrote them.</summary>
public interface IStatisticsSource : ICountSource
{
    /// <summary>What is kept of a partition, or why nothing can be made of it.</summary>
    Task<KeptStatistics> StatisticsAsync(TablePart part, CancellationToken cancellationToken);

    /// <summary>What <see cref="StatisticsAsync"/> asks. Touches nothing.</summary>
    string StatisticsQuestion(TablePart part);
}

/// <summary>What a source says of a partition without looking at its rows.</summary>
/// <param name="Asked">The question that told it.</param>
/// <param name="Known">What is kept; null when nothing is, or nothing that the source itself calls accurate.</param>
/// <param name="Reason">Why <paramref name="Known"/> is null.</param>
public sealed record KeptStatistics(string Asked, PartitionStatistics? Known, string Reason = "");

/// <summary>A partition as it was when it was last written.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Folder">The path of its folder.</param>
/// <param name="Noted">When that was noted, a second exact.</param>
public sealed record PartitionStatistics(long Rows, long Files, long Bytes, string Folder, DateTimeOffset Noted);
