using System.Globalization;
using SQLitePCL;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sqlite;

/// <summary>A SQLite file for the time of one question.</summary>
sealed class SqliteSession(SqliteDatabase database) : ISqlSession
{
    const string OneSelect = "SQL of a plan must be one SELECT and nothing else.";

    static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    public Task<string> DescribeAsync() =>
        Task.FromResult($"SQLite {SqliteDatabase.Version}, {database.Number("select count(*) from sqlite_master where type = 'table'")} tables");

    /// <summary>SQLite has one number for all mistakes in SQL, so a table that is not there is looked for first.</summary>
    public ValueTask<TableSql?> FindAsync(TablePart part)
    {
        var parts = part.Table.Split('.');
        using var find = database.Prepare("select 1 from pragma_table_list where schema = @schema and name = @table collate nocase limit 1");
        find.Set("@schema", parts.Length > 1 ? parts[0] : "main").Set("@table", parts[^1]);
        return find.Read() ? new(TableSql.Of(SqliteDialect.Instance, part)) : throw new DataAbsentException($"There is no table {part.Table}.");
    }

    public Task<IReadOnlyList<string>> ColumnsAsync(TableSql table)
    {
        var parts = table.Part.Table.Split('.');
        using var find = database.Prepare("select name from pragma_table_info(@table, @schema)");
        find.Set("@schema", parts.Length > 1 ? parts[0] : "main").Set("@table", parts[^1]);
        var columns = new List<string>();
        while (find.Read())
            columns.Add(find.Text(0));
        return Task.FromResult<IReadOnlyList<string>>(columns);
    }

    public Task<long> NumberAsync(BoundSql sql)
    {
        using var statement = Prepare(sql.Text);
        Bind(statement, sql);
        return Task.FromResult(statement.Read() ? statement.Int64(0) : 0);
    }

    public Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        using var query = Prepare(sql.Text);
        Bind(query, sql);
        var (rows, first) = (0L, (object?)null);
        while (query.Read())
        {
            if (rows++ == 0)
                first = Value(query, 0);
            each?.Of(column => Value(query, column));
        }
        return Task.FromResult((rows, first));
    }

    /// <exception cref="SqlFault">It is not one statement, or one that does more than ask.</exception>
    SqliteStatement Prepare(string sql)
    {
        try
        {
            var statement = database.Prepare(sql);
            if (statement.IsQuery)
                return statement;
            statement.Dispose();
            throw new SqlFault(OneSelect);
        }
        catch (SqliteFault fault) when (fault.IsMoreThanOne)
        {
            throw new SqlFault(OneSelect, fault);
        }
    }

    static void Bind(SqliteStatement statement, BoundSql sql)
    {
        foreach (var name in statement.Parameters)
        {
            _ = sql.Parameters.FirstOrDefault(parameter => parameter.Name == name).Value switch
            {
                string text => statement.Set(name, text),
                DateOnly date => statement.Set(name, date),
                _ => throw new SqlFault($"`sql` has the parameter {name}; only @date and @yesterday are known."),
            };
        }
    }

    /// <summary>SQLite keeps times as text, so a text that is exactly a date or time is one; with a zone behind it, it stays text.</summary>
    static object? Value(SqliteStatement row, int column) => row.TypeOf(column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => row.Int64(column),
        raw.SQLITE_FLOAT => row.Double(column),
        raw.SQLITE_BLOB => row.Bytes(column).ToArray(),
        _ when DateTime.TryParseExact(row.Text(column), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        _ => row.Text(column),
    };
}
