using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>The tag that a key of a map makes with its value, as SQL of Hive and Spark: see <see cref="TagGuard.Sources.VolumeQuery.ValuesAtMost"/>.
/// </summary>
static class ValueSql
{
    /// <summary>NULL where the value is NULL, or an empty text.</summary>
    public static string Tag(string key, string value, TagValue kind) =>
        $"concat(cast({key} as string), '{GuessedFamilies.Value}', {Text(value, kind)})";

    static string Text(string value, TagValue kind) => kind switch
    {
        // Hive writes TRUE, Spark true.
        TagValue.Boolean => $"lower(cast({value} as string))",
        // Spark writes a 0 with many digits behind the point as 0E-9.
        TagValue.Decimal => $"case when {value} = 0 then '0' else "
            + $"regexp_replace(regexp_replace(cast({value} as string), '([.][0-9]*[1-9])0+$', '$1'), '[.]0*$', '') end",
        _ => $"nullif(cast({value} as string), '')",
    };
}
