using System.Globalization;
using MySqlConnector;
using Polly;
using Polly.Retry;
using TagGuard.Adapters.Storage;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>The monitoring tables in a database on a MySQL or MariaDB server. Each question has a connection of its own.</summary>
/// <param name="server">Where the server is, for messages.</param>
/// <param name="connect">Opens a connection, strict and in UTC.</param>
/// <param name="clock">The clock.</param>
sealed class MySqlRunStore(MySqlServer server, Func<CancellationToken, Task<MySqlConnection>> connect, TimeProvider clock) : SqlRunStore(clock)
{
    /// <summary>How often a transaction is tried that the server undid for another's sake.</summary>
    const int Tries = 5;

    /// <summary>A server that is being started anew, or is full for a moment, is asked three
    /// times more: for a connection, and for what changes nothing.</summary>
    static readonly ResiliencePipeline Again = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(ServerFault.IsTransient),
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromSeconds(1),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    }).Build();

    readonly TimeProvider _clock = clock;

    /// <summary>The clock of this machine, which may be wrong: signs of life are told by the server's.</summary>
    public TimeProvider Machine { get; init; } = TimeProvider.System;

    string Place => $"the database {server.Database} on {server.Address}";

    public override Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () => Explained(() => WithConnection(ConnectPatiently, session => new MySqlSchema(session, Place).Apply(), cancellationToken)),
            cancellationToken);

    private protected override string Describe(StoreSession session, string found)
    {
        using var state = session.Query("server_state");
        state.Read();
        var readOnly = state.Flag(2) ? ", can only be read" : "";
        var isLazy = state.Int64(3) != 1;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"MySQL {state.Text(0)}, schema {MySqlScripts.All.Migrations.Count}, {found}, {state.Double(4) / 1048576:0.0} MB{readOnly}")
            + (
                isLazy
                    ? $". Set innodb_flush_log_at_trx_commit = 1 (it is {state.Int64(3)}): a crash of the server could lose that a gate was closed"
                    : "");
    }

    private protected override T With<T>(Func<StoreSession, T> work, CancellationToken breakOff) => Explained(() =>
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return WithTables(ConnectPatiently, work, breakOff);
            }
            catch (MySqlException fault) when (tries < Tries && fault.ErrorCode == MySqlErrorCode.LockDeadlock)
            {
                // All of it was undone, so all of it is done again; the first thing that it does is to wait for the other.
            }
        }
    });

    private protected override T Ask<T>(Func<StoreSession, T> ask, CancellationToken breakOff) =>
        Explained(() => Again.Execute(token => WithTables(Connect, ask, token), breakOff));

    T WithTables<T>(Func<CancellationToken, MySqlConnection> opening, Func<StoreSession, T> work, CancellationToken breakOff) => WithConnection(
        opening,
        session =>
        {
            Need(session);
            return work(session);
        },
        breakOff);

    T WithConnection<T>(Func<CancellationToken, MySqlConnection> opening, Func<MySqlStoreSession, T> work, CancellationToken breakOff)
    {
        using var session = new MySqlStoreSession(opening(breakOff), server, _clock.GetUtcNow, breakOff);
        return work(session);
    }

    MySqlConnection Connect(CancellationToken cancellationToken) => connect(cancellationToken).GetAwaiter().GetResult();

    /// <summary>Nothing was sent before, so nothing can be done twice.</summary>
    MySqlConnection ConnectPatiently(CancellationToken cancellationToken) => Again.Execute(Connect, cancellationToken);

    /// <summary>Refuses a database that is not ready for this program, and learns the server's time and ways.</summary>
    void Need(MySqlStoreSession session)
    {
        try
        {
            using var state = session.Query("schema_state");
            state.Read();
            session.Settle(state.Instant(1) - Machine.GetUtcNow(), state.Text(2));
            MySqlScripts.All.Need(state.Int64(0), Place);
        }
        catch (MySqlException fault) when (fault.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            throw new StoreException($"{Place} holds no monitoring tables yet. Run `tagguard init`.", fault);
        }
    }

    T Explained<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (ServerFault.Is(fault))
        {
            throw MySqlStoreFault.Of(fault, server);
        }
    }
}
