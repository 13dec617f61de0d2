using System.Globalization;
using System.Text.RegularExpressions;
using MySqlConnector;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>A statement on a server. Dates and instants (UTC) go in as text.</summary>
partial class MySqlStoreStatement : StoreStatement
{
    const string InstantFormat = "yyyy-MM-dd HH:mm:ss.fff";

    readonly MySqlCommand _command;
    readonly MySqlStoreSession _session;
    readonly List<string> _names;
    MySqlDataReader? _rows;

    /// <param name="session">Whose connection and transaction it runs in.</param>
    /// <param name="sql">One statement; its parameters are written @name.</param>
    public MySqlStoreStatement(MySqlStoreSession session, string sql)
    {
        _session = session;
        _names = [.. Parameter().Matches(sql).Select(match => match.Value).Distinct()];
        Values = new object?[_names.Count];
        _command = new MySqlCommand(sql, session.Connection, session.Transaction);
        foreach (var name in _names)
            _command.Parameters.Add(new MySqlParameter { ParameterName = name });
    }

    /// <summary>The parameters' values, in the order in which the parameters first come.</summary>
    protected object?[] Values { get; }

    public override int At(string name) => _names.IndexOf(name) is >= 0 and var place
        ? place
        : throw new ArgumentException($"The statement has no parameter {name}.", nameof(name));

    public override MySqlStoreStatement Set(int place, long value) => With(place, value);

    public override MySqlStoreStatement Set(int place, double? value) => With(place, value);

    public override MySqlStoreStatement Set(int place, string? value) => With(place, value);

    public override MySqlStoreStatement Set(int place, DateOnly value) => With(place, StoredText.Of(value));

    public override MySqlStoreStatement Set(int place, DateTimeOffset value) =>
        With(place, value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture));

    public MySqlStoreStatement Set(int place, byte[] value) => With(place, value);

    public override int Run()
    {
        Bind();
        return _session.Await(() => _command.ExecuteNonQueryAsync(_session.BreakOff));
    }

    public override bool Read()
    {
        if (_rows is null)
        {
            Bind();
            _rows = _session.Await(() => _command.ExecuteReaderAsync(_session.BreakOff));
        }
        var reading = _rows.ReadAsync(_session.BreakOff);
        if (reading.IsCompletedSuccessfully ? reading.Result : _session.Await(() => reading))
            return true;
        MySqlStoreSession.Close(_rows);
        _rows = null;
        return false;
    }

    public override bool IsNull(int column) => _rows!.IsDBNull(column);

    public override long Int64(int column) => _rows!.GetInt64(column);

    public override double Double(int column) => _rows!.GetDouble(column);

    public override string Text(int column) => _rows!.GetString(column);

    public override ReadOnlySpan<char> Chars(int column) => _rows!.GetString(column);

    public override DateOnly Date(int column) => DateOnly.FromDateTime(_rows!.GetDateTime(column));

    public override DateTimeOffset Instant(int column) => new(DateTime.SpecifyKind(_rows!.GetDateTime(column), DateTimeKind.Utc));

    public override void Dispose()
    {
        if (_rows is not null)
            MySqlStoreSession.Close(_rows);
        _command.Dispose();
    }

    MySqlStoreStatement With(int place, object? value)
    {
        Values[place] = value;
        return this;
    }

    void Bind()
    {
        var bytes = (long)_command.CommandText.Length;
        for (var place = 0; place < Values.Length; place++)
        {
            _command.Parameters[place].Value = Values[place] ?? DBNull.Value;
            bytes += BytesOf(Values[place]);
        }
        if (bytes > PacketLimit.FitsAny)
            PacketLimit.Refuse(bytes, _session.PacketLimit);
    }

    /// <summary>It goes in as text, with a backslash before each quote and backslash.</summary>
    static long BytesOf(object? value) => PacketLimit.BytesOf(value) + (value is string text ? text.Count(letter => letter is '\'' or '\\') : 0);

    // @@name is a variable of the server.
    [GeneratedRegex(@"(?<!@)@[a-z0-9_]+")]
    private static partial Regex Parameter();
}
