using System.Collections;
using System.Data;
using System.Data.Common;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>Rows as they arrive; one is held at a time, whatever the size of the result. While it is open, its connection does nothing else.</summary>
/// <remarks>
/// <see cref="DbDataReader.ReadAsync()"/> reads on the calling thread: rows arrive as fast as the network gives them, and a change of threads for each
/// would cost more than the row. A token stops it all the same.
/// </remarks>
sealed class MySqlDataReader : DbDataReader
{
    readonly MySqlConnection _connection;
    readonly ConnectionHandle _handle;
    readonly MySqlStatement _statement;
    readonly CommandBehavior _behavior;
    Column[] _columns = [];
    RowBuffer? _row;
    RowValues? _values;
    QueryWatch? _watch;
    bool _isFirstWaiting, _hasRows, _hasCurrent, _isAtEnd, _isFailed, _isClosed;
    long _recordsAffected = -1;

    /// <summary>Made within a turn, after the statement was executed.</summary>
    internal MySqlDataReader(MySqlConnection connection, MySqlStatement statement, CommandBehavior behavior)
    {
        _connection = connection;
        _handle = statement.Connection;
        _statement = statement;
        _behavior = behavior;
        Begin();
    }

    public override int FieldCount => _columns.Length;

    public override bool HasRows => _hasRows;

    public override bool IsClosed => _isClosed;

    public override int Depth => 0;

    public override int RecordsAffected => (int)Math.Min(_recordsAffected, int.MaxValue);

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => Read(CancellationToken.None);

    public override Task<bool> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Read(cancellationToken));

    public override bool NextResult()
    {
        NeedOpen();
        using var turn = _handle.Take();
        return Advance();
    }

    /// <summary>Reads away what is left. A long rest is better stopped with <see cref="DbCommand.Cancel"/> first.</summary>
    public override void Close()
    {
        if (_isClosed)
            return;
        if (_handle.IsClosed)
        {
            End();
            return;
        }
        using var turn = _handle.Take();
        try
        {
            Finish();
        }
        finally
        {
            End();
        }
    }

    public override bool IsDBNull(int ordinal) => Values(ordinal).IsNull(ordinal);

    public override object GetValue(int ordinal) => Values(ordinal).Value(ordinal);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    public override T GetFieldValue<T>(int ordinal) => FieldValue.Of<T>(Values(ordinal), ordinal);

    public override bool GetBoolean(int ordinal) => Values(ordinal).Number<long>(ordinal) != 0;

    public override byte GetByte(int ordinal) => Values(ordinal).Number<byte>(ordinal);

    public override short GetInt16(int ordinal) => Values(ordinal).Number<short>(ordinal);

    public override int GetInt32(int ordinal) => Values(ordinal).Number<int>(ordinal);

    public override long GetInt64(int ordinal) => Values(ordinal).Number<long>(ordinal);

    public override float GetFloat(int ordinal) => Values(ordinal).Number<float>(ordinal);

    public override double GetDouble(int ordinal) => Values(ordinal).Number<double>(ordinal);

    public override decimal GetDecimal(int ordinal) => Values(ordinal).Number<decimal>(ordinal);

    public override DateTime GetDateTime(int ordinal) => Values(ordinal).DateTime(ordinal);

    public override Guid GetGuid(int ordinal) => Values(ordinal).Guid(ordinal);

    public override string GetString(int ordinal) => Values(ordinal).Text(ordinal);

    public override char GetChar(int ordinal) => GetString(ordinal) is [var letter] ? letter : throw Values(ordinal).Not(ordinal, typeof(char));

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Values(ordinal).Copy(ordinal, dataOffset, buffer is null ? [] : buffer.AsSpan(bufferOffset, length), buffer is null);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal);
        if (buffer is null)
            return text.Length;
        var count = (int)Math.Clamp(text.Length - dataOffset, 0, length);
        text.CopyTo((int)dataOffset, buffer, bufferOffset, count);
        return count;
    }

    public override string GetName(int ordinal) => _columns[ordinal].Name;

    public override string GetDataTypeName(int ordinal) => _columns[ordinal].TypeName;

    public override Type GetFieldType(int ordinal) => _columns[ordinal].ClrType;

    public override int GetOrdinal(string name)
    {
        var at = Array.FindIndex(_columns, column => column.Name == name);
        at = at < 0 ? Array.FindIndex(_columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : at;
        return at >= 0 ? at : throw new ArgumentOutOfRangeException(nameof(name), $"There is no column {name}: {string.Join(", ", _columns.Select(column => column.Name))}.");
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    internal bool Read(CancellationToken cancellationToken)
    {
        NeedOpen();
        cancellationToken.ThrowIfCancellationRequested();
        if (_isAtEnd)
            return _hasCurrent = false;
        if (_isFirstWaiting)
        {
            _isFirstWaiting = false;
            return _hasCurrent = true;
        }
        using var turn = _handle.Take();
        Watch(cancellationToken);
        return _hasCurrent = Fetch();
    }

    /// <summary>Keeps the watch of the row before when it is for the same token.</summary>
    void Watch(CancellationToken cancellationToken)
    {
        if (cancellationToken == (_watch?.Token ?? CancellationToken.None))
            return;
        _watch?.End();
        ThrowIfStopped(null);
        _watch = QueryWatch.Start(_handle, seconds: 0, cancellationToken);
    }

    bool Fetch()
    {
        try
        {
            var isRow = _row!.Next();
            _isAtEnd = !isRow;
            return isRow;
        }
        catch (MySqlException fault)
        {
            _isFailed = _isAtEnd = true;
            ThrowIfStopped(fault);
            throw;
        }
    }

    void ThrowIfStopped(MySqlException? fault)
    {
        if (_watch?.IsFired != true)
            return;
        _isFailed = _isAtEnd = true;
        _watch.End();
        _watch.ThrowIfFired(fault);
    }

    /// <summary>Looks at the result that is at hand, and fetches its first row: that is what HasRows asks.</summary>
    void Begin()
    {
        _columns = _statement.Columns();
        _hasCurrent = false;
        if (_columns.Length == 0)
        {
            _recordsAffected = Math.Max(0, _recordsAffected) + _statement.AffectedRows;
            _isAtEnd = true;
            _hasRows = false;
            return;
        }
        _row = new RowBuffer(_statement, _columns);
        _values = new RowValues(_row, _columns, _handle.Options);
        _hasRows = _isFirstWaiting = Fetch();
    }

    /// <summary>Goes to the next result that has columns; a procedure's last has none, only its count.</summary>
    bool Advance()
    {
        do
        {
            while (!_isAtEnd)
                Fetch();
            if (_isFailed || !_statement.NextResult())
                return false;
            Begin();
        }
        while (_columns.Length == 0);
        return true;
    }

    void Finish()
    {
        try
        {
            if (!_isFailed && !_handle.IsBroken)
            {
                while (Advance())
                {
                }
                _statement.FreeResult();
            }
        }
        catch (Exception fault) when (_isFailed && fault is MySqlException or OperationCanceledException)
        {
            // The rest was not to come: stopped, or lost. Whoever wanted it would have read it.
        }
        finally
        {
            if (_isFailed)
                _statement.Dispose();
        }
    }

    void End()
    {
        _isClosed = true;
        _hasCurrent = false;
        _watch?.Dispose();
        _connection.Ended(this);
        if (_behavior.HasFlag(CommandBehavior.CloseConnection))
            _connection.Close();
    }

    void NeedOpen() => ObjectDisposedException.ThrowIf(_isClosed, this);

    RowValues Values(int ordinal)
    {
        NeedOpen();
        if (!_hasCurrent)
            throw new InvalidOperationException("There is no row: call Read() first, and go on while it says true.");
        return (uint)ordinal < (uint)_columns.Length ? _values! : throw new ArgumentOutOfRangeException(nameof(ordinal), $"There is no column {ordinal}: the result has {_columns.Length}.");
    }
}
