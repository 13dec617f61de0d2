using System.Buffers;
using System.Text;
using SQLitePCL;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>A prepared statement: set its parameters, then run it or read its rows; parameters keep their values from one run to the next.</summary>
sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : StoreStatement
{
    const int DateLength = 10;

    readonly byte[] _lastDate = new byte[DateLength];
    char[] _chars = new char[64];
    DateOnly _date;

    /// <summary>What each place holds, where it is a text: of a million rows, most columns have the text of the row before.</summary>
    readonly string?[] _bound = new string?[raw.sqlite3_bind_parameter_count(handle) + 1];

    /// <summary>Whether it changes nothing. False for text that holds no statement.</summary>
    public bool IsQuery => !handle.IsInvalid && raw.sqlite3_stmt_readonly(handle) != 0 && Columns > 0;

    public IReadOnlyList<string> Parameters =>
    [
        .. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(handle))
            .Select(place => raw.sqlite3_bind_parameter_name(handle, place).utf8_to_string() ?? "?"),
    ];

    /// <summary>The place of a parameter, for those that are set row by row.</summary>
    public override int At(string name)
    {
        var place = raw.sqlite3_bind_parameter_index(handle, name);
        return place > 0 ? place : throw new ArgumentException($"The statement has no parameter {name}.", nameof(name));
    }

    public override SqliteStatement Set(int place, long value)
    {
        _bound[place] = null;
        database.Check(raw.sqlite3_bind_int64(handle, place, value));
        return this;
    }

    public override SqliteStatement Set(int place, double? value)
    {
        _bound[place] = null;
        database.Check(value is null ? raw.sqlite3_bind_null(handle, place) : raw.sqlite3_bind_double(handle, place, value.Value));
        return this;
    }

    public override SqliteStatement Set(int place, string? value)
    {
        if (value is not null && ReferenceEquals(value, _bound[place]))
            return this;
        _bound[place] = value;
        if (value is null)
            database.Check(raw.sqlite3_bind_null(handle, place));
        else if (value.Length == 0)
            database.Check(raw.sqlite3_bind_text(handle, place, "")); // an empty span would be bound as NULL
        else
            SetText(place, value);
        return this;
    }

    public override SqliteStatement Set(int place, DateOnly value) => Set(place, StoredText.Of(value));

    public override SqliteStatement Set(int place, DateTimeOffset value) => Set(place, StoredText.Of(value));

    void SetText(int place, string value)
    {
        const int OnStack = 512, Long = 1 << 16;
        // Three bytes a letter at most; of long texts, these many would be far too many.
        var most = value.Length > Long ? Encoding.UTF8.GetByteCount(value) : Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[OnStack];
        // By length, not up to a zero: a tag may hold one.
        database.Check(raw.sqlite3_bind_text(handle, place, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    public override int Run()
    {
        while (Read())
        {
        }
        return database.Changes;
    }

    public override bool Read()
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

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.</summary>
    public int TypeOf(int column) => raw.sqlite3_column_type(handle, column);

    public override long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public override double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The value's bytes (UTF-8 of a text), until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public override string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public override ReadOnlySpan<char> Chars(int column)
    {
        var bytes = Bytes(column);
        if (_chars.Length < bytes.Length)
            _chars = new char[bytes.Length * 2];
        return _chars.AsSpan(0, Encoding.UTF8.GetChars(bytes, _chars));
    }

    /// <remarks>Rows are mostly sorted by date: one that is the same as the last is not parsed again.</remarks>
    public override DateOnly Date(int column)
    {
        var text = Bytes(column);
        if (!text.SequenceEqual(_lastDate))
        {
            _date = StoredText.Date(Text(column));
            text.CopyTo(_lastDate);
        }
        return _date;
    }

    public override DateTimeOffset Instant(int column) => StoredText.Instant(Text(column));

    public override void Dispose() => handle.Dispose();
}
