using System.Buffers;
using System.Text;
using SQLitePCL;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>A prepared statement: set its parameters, then run it or read its rows; parameters keep their values from one run to the next.</summary>
sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle, string rest) : IDisposable
{
    /// <summary>What followed the first statement in the text.</summary>
    public string Rest => rest;

    /// <summary>Whether it changes nothing. False for text that holds no statement.</summary>
    public bool IsQuery => !handle.IsInvalid && raw.sqlite3_stmt_readonly(handle) != 0 && Columns > 0;

    public IReadOnlyList<string> Parameters =>
    [
        .. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(handle))
            .Select(place => raw.sqlite3_bind_parameter_name(handle, place).utf8_to_string() ?? "?"),
    ];

    /// <summary>The place of a parameter, for those that are set row by row.</summary>
    public int At(string name)
    {
        var place = raw.sqlite3_bind_parameter_index(handle, name);
        return place > 0 ? place : throw new ArgumentException($"The statement has no parameter {name}.", nameof(name));
    }

    public SqliteStatement Set(string name, string? value) => Set(At(name), value);

    public SqliteStatement Set(string name, long? value) => value is null ? Set(At(name), (string?)null) : Set(At(name), value.Value);

    public SqliteStatement Set(string name, double? value) => Set(At(name), value);

    public SqliteStatement Set(string name, DateOnly value) => Set(At(name), StoredText.Of(value));

    public SqliteStatement Set(string name, DateTimeOffset value) => Set(At(name), StoredText.Of(value));

    public SqliteStatement Set(int place, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, place, value));
        return this;
    }

    public SqliteStatement Set(int place, double? value)
    {
        database.Check(value is null ? raw.sqlite3_bind_null(handle, place) : raw.sqlite3_bind_double(handle, place, value.Value));
        return this;
    }

    public SqliteStatement Set(int place, string? value)
    {
        if (value is null)
            database.Check(raw.sqlite3_bind_null(handle, place));
        else if (value.Length == 0)
            database.Check(raw.sqlite3_bind_text(handle, place, "")); // an empty span would be bound as NULL
        else
            SetText(place, value);
        return this;
    }

    void SetText(int place, string value)
    {
        const int OnStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[OnStack];
        // By length, not up to a zero: a tag may hold one.
        database.Check(raw.sqlite3_bind_text(handle, place, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Runs it to its end and makes it ready for the next run.</summary>
    public void Run()
    {
        while (Read())
        {
        }
    }

    /// <summary>Goes to the next row. After the last one it is ready for the next run.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            try
            {
                database.Check(code);
            }
            finally
            {
                _ = raw.sqlite3_reset(handle);
            }
        }
        database.Check(raw.sqlite3_reset(handle));
        return false;
    }

    public int Columns => raw.sqlite3_column_count(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.</summary>
    public int TypeOf(int column) => raw.sqlite3_column_type(handle, column);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public bool Flag(int column) => raw.sqlite3_column_int(handle, column) != 0;

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public double? DoubleOrNull(int column) => IsNull(column) ? null : Double(column);

    /// <summary>The value's bytes (UTF-8 of a text), until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateOnly Date(int column) => StoredText.Date(Text(column));

    public DateTimeOffset Instant(int column) => StoredText.Instant(Text(column));

    public T Enum<T>(int column) where T : struct, Enum => System.Enum.Parse<T>(Text(column));

    public void Dispose() => handle.Dispose();
}
