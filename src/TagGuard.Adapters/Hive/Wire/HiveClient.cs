using Thrift;
using Thrift.Protocol;
using Thrift.Protocol.Entities;
using Thrift.Transport;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>TCLIService as HiveServer2, Spark's Thrift Server and Kyuubi speak it: the few of its calls that are needed.</summary>
/// <remarks>Field ids are those of TCLIService.thrift (github.com/apache/hive, service-rpc/if). One call at a time.</remarks>
/// <param name="transport">The line.</param>
sealed class HiveClient(TTransport transport) : IDisposable
{
    /// <summary>Columns in pages, and no newer ways to send them.</summary>
    const int Protocol = 7, LeastProtocol = 5;

    const short First = 1;
    const short Error = 3, InvalidHandle = 4;

    readonly TBinaryProtocol _protocol = new(transport);
    int _calls;

    /// <returns>The handle of the session.</returns>
    public async Task<ThriftStruct> OpenSessionAsync(
        string user, string password, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "OpenSession",
            new ThriftStruct().With(1, Protocol).With(2, user).With(3, password).With(4, settings),
            cancellationToken);
        if (answer.Number(2) is not (>= LeastProtocol and var version))
            throw new InvalidDataException(
                $"The server speaks version {answer.Number(2) + 1} of HiveServer2's protocol; 6 is the first that sends columns (Hive 0.14).");
        return answer.Struct(3) ?? throw new InvalidDataException("The server opened a session without a handle.");
    }

    public Task CloseSessionAsync(ThriftStruct session, CancellationToken cancellationToken) =>
        CallAsync("CloseSession", new ThriftStruct().With(1, session), cancellationToken);

    /// <summary>What the server says of itself: 17 is its name, 18 its version.</summary>
    public async Task<string> InfoAsync(ThriftStruct session, int what, CancellationToken cancellationToken) =>
        (await CallAsync("GetInfo", new ThriftStruct().With(1, session).With(2, what), cancellationToken)).Struct(2)?.Text(1) ?? "";

    /// <summary>Starts a statement.</summary>
    /// <returns>The handle of the operation.</returns>
    public async Task<ThriftStruct> ExecuteAsync(ThriftStruct session, string sql, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var ask = new ThriftStruct().With(1, session).With(2, sql).With(4, true).With(5, (long)timeout.TotalSeconds);
        return (await CallAsync("ExecuteStatement", ask, cancellationToken)).Struct(2)
            ?? throw new InvalidDataException("The server started a statement without a handle.");
    }

    /// <summary>Where an operation is; the server takes its time to answer while it goes on.</summary>
    public async Task<HiveState> StateAsync(ThriftStruct operation, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("GetOperationStatus", new ThriftStruct().With(1, operation), cancellationToken);
        return new HiveState(answer.Number(2) ?? -1, answer.Text(3), answer.Number(4), answer.Text(5));
    }

    public async Task<IReadOnlyList<HiveField>> SchemaAsync(ThriftStruct operation, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("GetResultSetMetadata", new ThriftStruct().With(1, operation), cancellationToken);
        return [.. (answer.Struct(2)?.Structs(1) ?? []).Select(HiveField.Of)];
    }

    /// <summary>The next page of an operation's rows, or of its log; without rows when there are no more.</summary>
    public async Task<HiveColumn[]> FetchAsync(ThriftStruct operation, int most, bool log, CancellationToken cancellationToken)
    {
        var ask = new ThriftStruct().With(1, operation).With(2, 0).With(3, (long)most).With(4, (short)(log ? 1 : 0));
        var answer = await CallAsync("FetchResults", ask, cancellationToken);
        return [.. (answer.Struct(3)?.Structs(3) ?? []).Select(column => new HiveColumn(column))];
    }

    public Task CancelAsync(ThriftStruct operation, CancellationToken cancellationToken) =>
        CallAsync("CancelOperation", new ThriftStruct().With(1, operation), cancellationToken);

    public Task CloseOperationAsync(ThriftStruct operation, CancellationToken cancellationToken) =>
        CallAsync("CloseOperation", new ThriftStruct().With(1, operation), cancellationToken);

    public void Dispose()
    {
        _protocol.Dispose();
        transport.Dispose();
    }

    /// <exception cref="HiveServerException">The server refuses.</exception>
    async Task<ThriftStruct> CallAsync(string method, ThriftStruct ask, CancellationToken cancellationToken)
    {
        var call = ++_calls;
        await _protocol.WriteMessageBeginAsync(new TMessage(method, TMessageType.Call, call), cancellationToken);
        await new ThriftStruct().With(First, ask).WriteAsync(_protocol, cancellationToken);
        await _protocol.WriteMessageEndAsync(cancellationToken);
        await transport.FlushAsync(cancellationToken);
        var message = await _protocol.ReadMessageBeginAsync(cancellationToken);
        var answer = await ThriftStruct.ReadAsync(_protocol, cancellationToken);
        await _protocol.ReadMessageEndAsync(cancellationToken);
        if (message.Type == TMessageType.Exception)
            throw new TApplicationException(TApplicationException.ExceptionType.Unknown, answer.Text(1) ?? method);
        if (message.SeqID != call || message.Name != method)
            throw new InvalidDataException($"The server answered another question than the one that was asked ({message.Name}, not {method}).");
        var result = answer.Struct(0) ?? throw new InvalidDataException($"The server answered {method} with nothing.");
        return result.Struct(1) is { } status && status.Number(1) is Error or InvalidHandle
            ? throw HiveServerException.Of(status, isLost: status.Number(1) == InvalidHandle)
            : result;
    }
}

/// <summary>Where an operation is.</summary>
readonly record struct HiveState(int State, string? SqlState, int? Code, string? Message)
{
    const int FinishedState = 2, CanceledState = 3, ClosedState = 4, ErrorState = 5, TimedOutState = 8;

    public bool IsFinished => State == FinishedState;

    public bool IsTimedOut => State == TimedOutState;

    public bool IsOver => State is FinishedState or CanceledState or ClosedState or ErrorState or TimedOutState;
}

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as TTypeId of TCLIService.</param>
readonly record struct HiveField(string Name, int Type)
{
    public const int Boolean = 0, TinyInt = 1, BigInt = 4, String = 7, Timestamp = 8, Binary = 9, Array = 10, Map = 11, Struct = 12, Union = 13,
        Decimal = 15, Date = 17, VarChar = 18, Char = 19;

    static readonly string[] Names =
    [
        "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string", "timestamp", "binary", "array", "map", "struct", "uniontype",
        "of a type of the server's own", "decimal", "void", "date", "varchar", "char",
    ];

    /// <summary>A type, for people.</summary>
    public static string NameOf(int type) => type >= 0 && type < Names.Length ? Names[type] : "of another type";

    public static HiveField Of(ThriftStruct column) =>
        new(column.Text(1) ?? "", column.Struct(2)?.Structs(1) is [var entry, ..] ? TypeOf(entry) : -1);

    /// <summary>A union: field 1 is a primitive type, which is also what complex ones are told as; 2 an array, 3 a map, 4 a struct.</summary>
    static int TypeOf(ThriftStruct entry) => entry.Only switch
    {
        (1, var primitive) => primitive.Number(1) ?? -1,
        (2, _) => Array,
        (3, _) => Map,
        (4, _) => Struct,
        _ => -1,
    };
}

/// <summary>The server refused.</summary>
sealed class HiveServerException(string message, string? sqlState, bool isLost) : Exception(message)
{
    public string? SqlState => sqlState;

    /// <summary>Whether the session or operation is no more: the server was restarted, or it was idle for too long.</summary>
    public bool IsLost => isLost || Message.Contains("Invalid SessionHandle", StringComparison.Ordinal)
        || Message.Contains("Invalid OperationHandle", StringComparison.Ordinal);

    public static HiveServerException Of(ThriftStruct status, bool isLost) =>
        new(status.Text(5) ?? string.Join(' ', status.Texts(2)), status.Text(3), isLost);
}
