using System.Text.RegularExpressions;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>An insert of one row, run for many: rows are sent together.</summary>
sealed partial class MySqlRows : MySqlStoreStatement
{
    readonly MultiRowInsert _insert;
    readonly MySqlStoreSession _session;

    /// <param name="session">Whose connection and transaction it runs in.</param>
    /// <param name="sql">`insert into table (columns) values (@parameters) on duplicate key
    /// update column = values(column), …`; a parameter for each column.</param>
    public MySqlRows(MySqlStoreSession session, string sql)
        : base(session, sql)
    {
        var parts = Insert().Match(sql);
        var columns = Names(parts.Groups["columns"].Value);
        if (columns.Count != Values.Length)
            throw new ArgumentException($"The insert has {columns.Count} columns and {Values.Length} parameters.", nameof(sql));
        _session = session;
        string[] updated = [.. Updated().Matches(parts.Groups["update"].Value).Select(match => match.Groups[1].Value)];
        _insert = new MultiRowInsert(session.Connection, session.Transaction, parts.Groups["table"].Value, columns, updated, session.PacketLimit);
    }

    public override int Run()
    {
        var added = _insert.AddAsync(Values, _session.BreakOff);
        if (!added.IsCompletedSuccessfully)
            _session.Await(added.AsTask);
        return 1;
    }

    public override void End() => _session.Await(() => _insert.EndAsync(_session.BreakOff));

    public override void Dispose()
    {
        MySqlStoreSession.Close(_insert);
        base.Dispose();
    }

    static List<string> Names(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"insert into (?<table>\w+)\s*\((?<columns>[^)]*)\)\s*values\s*\([^)]*\)(?<update>[\s\S]*)")]
    private static partial Regex Insert();

    [GeneratedRegex(@"(\w+) = values\(")]
    private static partial Regex Updated();
}
