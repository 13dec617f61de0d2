using System.Globalization;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>What `describe formatted … partition` of Hive tells: sections, each begun by a title; parameters as a name and a value.</summary>
/// <remarks>MetaDataFormatUtils and StatsSetupConst of apache/hive.</remarks>
static class HiveStatistics
{
    const string Location = "Location:", Parameters = "Partition Parameters:";

    const string Detail = "# Detailed Partition Information", Storage = "# Storage Information";

    /// <summary>Of the calendar.</summary>
    const long LastSecond = 253402300799;

    public static string Question(TablePart part) =>
        $"describe formatted {HiveDialect.Instance.Table(part.Table)} partition "
            + $"({HiveDialect.Instance.Quoted(part.Partition ?? "")} = {HiveText.Literal(part.Value ?? "")})";

    public static KeptStatistics Of(string asked, IReadOnlyList<(string Name, string? Value, string? More)> rows)
    {
        string? location = null;
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        var (isDetail, isParameter) = (false, false);
        // What stands before is about columns, whose names and comments are anybody's.
        foreach (var (name, value, more) in rows)
        {
            if (name == Storage)
                break;
            isDetail |= name == Detail;
            if (isDetail && name == Location)
                location = value;
            if (isParameter && value is not null)
                told[value] = more ?? "";
            isParameter |= isDetail && name == Parameters;
        }
        if (location is null || told.Count == 0)
            return new(asked, null, "the server keeps none of this partition that can be read");
        if (!told.GetValueOrDefault("COLUMN_STATS_ACCURATE", "").Replace(@"\", "", StringComparison.Ordinal)
            .Contains("\"BASIC_STATS\":\"true\"", StringComparison.Ordinal))
            return new(asked, null, "they are not marked as accurate (COLUMN_STATS_ACCURATE)");
        return Number("numRows") is { } all && Number("numFiles") is { } files && Number("totalSize") is { } bytes
            && Number("transient_lastDdlTime") is { } noted and <= LastSecond && FolderOf(location) is { } folder
                ? new(asked, new PartitionStatistics(all, files, bytes, folder, DateTimeOffset.FromUnixTimeSeconds(noted)))
                : new(asked, null, "they lack rows, files, bytes, time or place");

        long? Number(string key) =>
            long.TryParse(told.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>A location without scheme and server; it is not escaped as an address.</summary>
    static string? FolderOf(string location)
    {
        var authority = location.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return null;
        var path = location.IndexOf('/', authority + 3);
        return path < 0 ? null : location[path..];
    }
}
