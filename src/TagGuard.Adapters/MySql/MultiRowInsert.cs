using System.Text;
using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>Inserts many rows with few statements: `insert into t (a, b) values (?, ?), (?, ?), …`, prepared once for all full batches.</summary>
/// <remarks>A batch ends before it has more parameters than the protocol takes (65,535),
/// or more bytes than the server's max_allowed_packet.</remarks>
public sealed class MultiRowInsert : IAsyncDisposable
{
    const int MaxParameters = 65_535;
    // Larger statements take MariaDB longer for each row, not shorter: the benchmark `mysql-store`.
    const int MaxRows = 200;

    /// <summary>Room for the packet's head, and for the types, lengths and NULL marks of the values.</summary>
    const int BytesOfHead = 1024;
    const int BytesOfValue = 40;

    readonly MySqlConnection _connection;
    readonly MySqlTransaction? _transaction;
    readonly string _head;
    readonly string _tail;
    readonly int _columns;
    readonly int _rowsOfFull;
    readonly long _maxBytes;
    readonly List<object?> _values = [];
    MySqlCommand? _full;
    MySqlCommand? _part;
    Task _sending = Task.CompletedTask;
    long _bytes;

    internal MultiRowInsert(
        MySqlConnection connection,
        MySqlTransaction? transaction,
        string table,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> updated,
        long maxPacket)
    {
        _connection = connection;
        _transaction = transaction;
        _columns = columns.Count;
        _rowsOfFull = Math.Min(MaxParameters / columns.Count, MaxRows);
        _maxBytes = maxPacket - BytesOfHead;
        _head = $"insert into {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) values ";
        _tail =
            updated.Count == 0
                ? ""
                : " on duplicate key update " + string.Join(", ", updated.Select(column => $"{Quoted(column)} = values({Quoted(column)})"));
    }

    /// <param name="connection">Open, and not used otherwise until the end.</param>
    /// <param name="transaction">The connection's transaction, or null.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that each row has a value for.</param>
    /// <param name="updated">What a row whose key is there already overwrites; none, and such a row is an error.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<MultiRowInsert> BeginAsync(
        MySqlConnection connection,
        MySqlTransaction? transaction,
        string table,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> updated,
        CancellationToken cancellationToken) =>
        new(connection, transaction, table, columns, updated, await PacketLimit.AskAsync(connection, transaction, cancellationToken));

    /// <summary>Adds a row, a value for each column; sends those before it when they fill a statement,
    /// and does not wait for it: its fault is told by a later call.</summary>
    public async ValueTask AddAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        if (row.Count != _columns)
            throw new ArgumentException($"The row has {row.Count} values for {_columns} columns.", nameof(row));
        var bytes = 0L;
        for (var i = 0; i < row.Count; i++)
            bytes += BytesOfValue + PacketLimit.BytesOf(row[i]);
        PacketLimit.Refuse(bytes, _maxBytes);
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

    /// <summary>Waits for the statement under way, so that the connection is free, and lets go of all. Before <see cref="EndAsync"/> it gives up:
    /// rows and faults that are left are dropped.</summary>
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
        // A connection that blocks would wait here.
        _sending = Task.Run(() => command.ExecuteNonQueryAsync(cancellationToken), CancellationToken.None);
        _values.Clear();
        _bytes = 0;
    }

    async Task<MySqlCommand> PartAsync(int rows, CancellationToken cancellationToken)
    {
        if (_part?.Parameters.Count == rows * _columns)
            return _part;
        if (_part is not null)
            await _part.DisposeAsync();
        return _part = await PrepareAsync(rows, cancellationToken);
    }

    async Task<MySqlCommand> PrepareAsync(int rows, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder(_head);
        var command = new MySqlCommand { Connection = _connection, Transaction = _transaction };
        for (var i = 0; i < rows * _columns; i++)
        {
            command.Parameters.Add(new MySqlParameter());
            sql.Append(i % _columns != 0 ? ",?" : i > 0 ? "),(?" : "(?");
        }
        command.CommandText = sql.Append(')').Append(_tail).ToString();
        await command.PrepareAsync(cancellationToken);
        return command;
    }

    static string Quoted(string name) => "`" + name.Replace("`", "``", StringComparison.Ordinal) + "`";
}
