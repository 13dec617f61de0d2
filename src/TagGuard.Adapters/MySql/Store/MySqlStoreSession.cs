using System.Data;
using MySqlConnector;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>The tables on a server, over one open connection.</summary>
/// <param name="connection">Open, strict and in UTC; closed with the session.</param>
/// <param name="server">Where it is.</param>
/// <param name="now">The time.</param>
/// <param name="breakOff">Stops what runs.</param>
sealed class MySqlStoreSession(MySqlConnection connection, MySqlServer server, Func<DateTimeOffset> now, CancellationToken breakOff) : StoreSession
{
    /// <summary>How far the time of this machine may be from the server's without being corrected: that long an answer may take.</summary>
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    TimeSpan _offset;
    long? _packetLimit;
    IsolationLevel _writing = IsolationLevel.ReadCommitted;

    public MySqlConnection Connection => connection;

    public MySqlTransaction? Transaction { get; set; }

    public CancellationToken BreakOff => breakOff;

    public override DateTimeOffset Now => now() + _offset;

    public override long LastId
    {
        get
        {
            using var id = Query("last_id");
            id.Read();
            return id.Int64(0);
        }
    }

    /// <summary>From here on the time is the server's, which all machines share.</summary>
    /// <param name="offset">How far the server's clock is before this machine's.</param>
    /// <param name="binlogFormat">How the server writes down changes for its replicas; STATEMENT does not go with READ COMMITTED.</param>
    public void Settle(TimeSpan offset, string binlogFormat)
    {
        _offset = offset.Duration() < Tolerance ? TimeSpan.Zero : offset;
        if (binlogFormat.Equals("STATEMENT", StringComparison.OrdinalIgnoreCase))
            _writing = IsolationLevel.RepeatableRead;
    }

    public override StoreStatement Query(string name) => Prepare(MySqlScripts.All.Query(name));

    public override MySqlStoreStatement Prepare(string sql) => new(this, sql);

    public override MySqlRows Rows(string name) => new MySqlRows(this, MySqlScripts.All.Query(name));

    public override VolumeRows Volumes(VolumesOf of) => new MySqlVolumes(this, of);

    /// <remarks>
    /// The row of the date is made and kept before it is locked: two that make it in their transactions would wait for each other. READ COMMITTED
    /// locks no gaps between rows, so writers of other dates do not meet.
    /// </remarks>
    public override StoreTransaction BeginWrite(string plan, DateOnly date)
    {
        using (var make = Query("date_make").Set("@plan", plan).Set("@date", date))
            make.Run();
        var transaction = new MySqlStoreTransaction(this, _writing);
        try
        {
            using var take = Query("date_take").Set("@plan", plan).Set("@date", date);
            take.Read();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <remarks>REPEATABLE READ reads all of it as it was at the first question.</remarks>
    public override StoreTransaction BeginRead() => new MySqlStoreTransaction(this, IsolationLevel.RepeatableRead);

    /// <summary>Waits for an answer of the server, on this thread: what is stored has one thing to do at a time.</summary>
    public T Await<T>(Func<Task<T>> answer) => DriverWait.For(answer, server, breakOff);

    public void Await(Func<Task> answer) => Await(async () =>
    {
        await answer();
        return true;
    });

    /// <summary>Bytes that the server takes at once.</summary>
    public long PacketLimit => _packetLimit ??= Await(() => MySql.PacketLimit.AskAsync(connection, Transaction, breakOff));

    /// <summary>Closes a part of it, or itself.</summary>
    public static void Close(IAsyncDisposable part) => DriverWait.Close(part);

    public override void Dispose() => Close(connection);
}
