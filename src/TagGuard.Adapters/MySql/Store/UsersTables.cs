using System.Text.RegularExpressions;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>The tables that users may have had before TagGuard: their columns stay as they are, of
/// whatever types, and are written so that their queries go on working.</summary>
/// <param name="session">The database.</param>
/// <param name="place">The database and server, for messages.</param>
sealed partial class UsersTables(MySqlStoreSession session, string place)
{
    static readonly (string Table, string Date, string[] Others)[] All =
    [
        ("tag_data_day", "date", ["tagid", "tag_count", "tag_total_per", "tag_dau_per"]),
        ("tag_email_monitor", "date", ["service_type", "hive_count", "hbase_count"]),
        ("tag_stage_state", "process_date", ["stage", "state", "is_online"]),
    ];

    sealed record Column(string Name, string DataType, string Type, long Length, bool CanBeLeftOut, string Extra);

    /// <summary>Looks how dates are written in each, and makes sure that rows can be added without an id.</summary>
    public void Adopt()
    {
        foreach (var (table, date, others) in All)
        {
            var columns = Columns(table);
            if (others.Append(date).FirstOrDefault(name => columns.All(column => column.Name != name)) is { } missing)
                throw new StoreException($"{table} in {place} has no column {missing}. Add it, or rename the table: `tagguard init` then makes one.");
            using (
                var set = session
                    .Query("date_style_set")
                    .Set("@table", table)
                    .Set("@style", StyleOf(table, columns.Single(column => column.Name == date))))
                set.Run();
            if (columns.FirstOrDefault(column => column.Name == "id") is { CanBeLeftOut: false } id
                && !id.Extra.Contains("auto_increment", StringComparison.OrdinalIgnoreCase))
                Number(table, id);
        }
    }

    List<Column> Columns(string table)
    {
        using var rows = session.Query("columns_of_table").Set("@table", table);
        var columns = new List<Column>();
        while (rows.Read())
            columns.Add(new(rows.Text(0).ToLowerInvariant(), rows.Text(1), rows.Text(2), rows.Int64(3), rows.Flag(4), rows.Text(5)));
        return columns;
    }

    /// <summary>Whole numbers and short texts are written 20111115, and so are texts whose rows are; all else 2011-11-15.</summary>
    string StyleOf(string table, Column date)
    {
        var isCompact = date.DataType switch
        {
            "int" or "bigint" or "mediumint" => true,
            "char" or "varchar" => date.Length < 10 || IsCompact(table, date.Name),
            _ => false,
        };
        return isCompact ? "%Y%m%d" : "%Y-%m-%d";
    }

    bool IsCompact(string table, string date)
    {
        using var row = session.Prepare($"select `{date}` from {table} where plan is null limit 1");
        return row.Read() && !row.IsNull(0) && EightDigits().IsMatch(row.Text(0));
    }

    /// <summary>Numbers new rows from here on; the ids that are there stay.</summary>
    void Number(string table, Column id)
    {
        if (!id.DataType.EndsWith("int", StringComparison.OrdinalIgnoreCase))
        {
            throw new StoreException(
                $"{table}.id in {place} is {id.Type} and must be given: make it `bigint not null auto_increment`, or let it be null, so that rows "
                    + "can be added.");
        }
        using var indexed = session.Query("has_key_on").Set("@table", table).Set("@column", "id");
        var key = indexed.Read() ? "" : $", add key {table}_id (id)";
        indexed.Dispose();
        using (var keepZero = session.Prepare("set sql_mode = concat(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')"))
            keepZero.Run();
        using var number = session.Prepare($"alter table {table} modify id {id.Type} not null auto_increment{key}");
        number.Run();
    }

    [GeneratedRegex("^[0-9]{8}$")]
    private static partial Regex EightDigits();
}
