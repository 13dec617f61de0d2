using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>A statement over any ADO.NET provider for MySQL. Dates and instants (UTC) go in as text, which every provider sends as it is.</summary>
partial class MySqlStoreStatement : StoreStatement
{
    const string InstantFormat = "yyyy-MM-dd HH:mm:ss.fff";

    readonly DbCommand _command;
    readonly CancellationToken _breakOff;
    readonly List<string> _names;
    DbDataReader? _rows;

    /// <param name="session">Whose connection and transaction it runs in.</param>
    /// <param name="sql">One statement; its parameters are written @name.</param>
    public MySqlStoreStatement(MySqlStoreSession session, string sql)
    {
        _breakOff = session.BreakOff;
        _names = [.. Parameter().Matches(sql).Select(match => match.Value).Distinct()];
        Values = new object?[_names.Count];
        _command = session.Connection.CreateCommand();
        _command.CommandText = sql;
        _command.Transaction = session.Transaction;
        foreach (var name in _names)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
        }
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
        return _command.ExecuteNonQueryAsync(_breakOff).GetAwaiter().GetResult();
    }

    public override bool Read()
    {
        if (_rows is null)
        {
            Bind();
            _rows = _command.ExecuteReaderAsync(_breakOff).GetAwaiter().GetResult();
        }
        if (_rows.ReadAsync(_breakOff).GetAwaiter().GetResult())
            return true;
        _rows.Dispose();
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
        _rows?.Dispose();
        _command.Dispose();
    }

    MySqlStoreStatement With(int place, object? value)
    {
        Values[place] = value;
        return this;
    }

    void Bind()
    {
        for (var place = 0; place < Values.Length; place++)
            _command.Parameters[place].Value = Values[place] ?? DBNull.Value;
    }

    // @@name is a variable of the server.
    [GeneratedRegex(@"(?<!@)@[a-z0-9_]+")]
    private static partial Regex Parameter();
}
