using System.Data.Common;
using System.Globalization;
using System.Text;
using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Adapters.MySql;

/// <summary>Inserts many rows with few statements: `insert into t (a, b) values (?, ?), (?, ?), …`, prepared once for all full batches. For any ADO.NET provider for MySQL.</summary>
/// <remarks>A batch ends before it has more parameters than the protocol takes (65,535), or more bytes than the server's max_allowed_packet.</remarks>
public sealed class MultiRowInsert : IAsyncDisposable
{
    const int MaxParameters = 65_535;
    // Larger statements take MariaDB longer for each row, not shorter: the benchmark `mysql-store`.
    const int MaxRows = 200;

    /// <summary>Room for the packet's head, and for the types, lengths and NULL marks of the values.</summary>
    const int BytesOfHead = 1024;
    const int BytesOfValue = 40;

    readonly DbConnection _connection;
    readonly DbTransaction? _transaction;
    readonly string _head;
    readonly string _tail;
    readonly int _columns;
    readonly int _rowsOfFull;
    readonly long _maxBytes;
    readonly int _bytesOfLetter;
    readonly List<object?> _values = [];
    DbCommand? _full;
    DbCommand? _part;
    Task _sending = Task.CompletedTask;
    long _bytes;

    MultiRowInsert(DbConnection connection, DbTransaction? transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<string> updated, long maxPacket)
    {
        _connection = connection;
        _transaction = transaction;
        _columns = columns.Count;
        _rowsOfFull = Math.Min(MaxParameters / columns.Count, MaxRows);
        _maxBytes = maxPacket - BytesOfHead;
        // Another provider may write values as text, with a backslash before each quote.
        _bytesOfLetter = connection is MySqlConnection ? 1 : 2;
        _head = $"insert into {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) values ";
        _tail = updated.Count == 0 ? "" : " on duplicate key update " + string.Join(", ", updated.Select(column => $"{Quoted(column)} = values({Quoted(column)})"));
    }

    /// <param name="connection">Open, and not used otherwise until the end.</param>
    /// <param name="transaction">The connection's transaction, or null.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that each row has a value for.</param>
    /// <param name="updated">What a row whose key is there already overwrites; none, and such a row is an error.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<MultiRowInsert> BeginAsync(
        DbConnection connection, DbTransaction? transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<string> updated, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select @@max_allowed_packet";
        var maxPacket = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new MultiRowInsert(connection, transaction, table, columns, updated, maxPacket);
    }

    /// <summary>Adds a row, a value for each column; sends those before it when they fill a statement, and does not wait for it: its fault is told by a later call.</summary>
    public async ValueTask AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        if (row.Count != _columns)
            throw new ArgumentException($"The row has {row.Count} values for {_columns} columns.", nameof(row));
        var bytes = 0L;
        for (var i = 0; i < row.Count; i++)
            bytes += BytesOf(row[i]);
        if (_values.Count == _rowsOfFull * _columns || (_values.Count > 0 && _bytes + bytes > _maxBytes))
            await SendAsync(cancellationToken);
        for (var i = 0; i < row.Count; i++)
            _values.Add(row[i]);
        _bytes += bytes;
    }

    /// <summary>Sends the rows that are left, and waits until the server has them all.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_values.Count > 0)
            await SendAsync(cancellationToken);
        await _sending;
    }

    /// <summary>Waits for the statement under way, so that the connection is free, and lets go of all. Before <see cref="EndAsync"/> it gives up: rows and faults that are left are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var command in new[] { _full, _part })
        {
            if (command is not null)
                await command.DisposeAsync();
        }
    }

    async Task SendAsync(CancellationToken cancellationToken)
    {
        await _sending;
        var rows = _values.Count / _columns;
        var command = rows == _rowsOfFull ? _full ??= await PrepareAsync(rows, cancellationToken) : await PartAsync(rows, cancellationToken);
        for (var i = 0; i < _values.Count; i++)
            command.Parameters[i].Value = _values[i] ?? DBNull.Value;
        _sending = command.ExecuteNonQueryAsync(cancellationToken);
        _values.Clear();
        _bytes = 0;
    }

    async Task<DbCommand> PartAsync(int rows, CancellationToken cancellationToken)
    {
        if (_part?.Parameters.Count == rows * _columns)
            return _part;
        if (_part is not null)
            await _part.DisposeAsync();
        return _part = await PrepareAsync(rows, cancellationToken);
    }

    async Task<DbCommand> PrepareAsync(int rows, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder(_head);
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        for (var i = 0; i < rows * _columns; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
            sql.Append(i % _columns != 0 ? "," : i > 0 ? "),(" : "(").Append(parameter.ParameterName);
        }
        command.CommandText = sql.Append(')').Append(_tail).ToString();
        await command.PrepareAsync(cancellationToken);
        return command;
    }

    long BytesOf(object? value) => BytesOfValue + _bytesOfLetter * value switch
    {
        string text => (long)Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        ReadOnlyMemory<byte> bytes => bytes.Length,
        _ => 0,
    };

    static string Quoted(string name) => "`" + name.Replace("`", "``", StringComparison.Ordinal) + "`";
}
