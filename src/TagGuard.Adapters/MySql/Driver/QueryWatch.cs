namespace TagGuard.Adapters.MySql.Driver;

/// <summary>Stops what runs on a connection when its time is over or its caller gives up: by `kill query` on a second connection, and by tearing the line when that does not help.</summary>
/// <remarks>Disposed within the turn that it watched, so that a kill which came too late does not hit the next statement.</remarks>
sealed class QueryWatch : IDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly ConnectionHandle _connection;
    readonly int _seconds;
    readonly CancellationTokenSource _source;
    readonly CancellationTokenRegistration _registration;
    readonly ManualResetEventSlim _isOver = new();
    Task? _kill;

    QueryWatch(ConnectionHandle connection, int seconds, CancellationToken cancellationToken)
    {
        _connection = connection;
        _seconds = seconds;
        Token = cancellationToken;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (seconds > 0)
            _source.CancelAfter(TimeSpan.FromSeconds(seconds));
        _registration = _source.Token.UnsafeRegister(static watch => ((QueryWatch)watch!).Fire(), this);
    }

    public CancellationToken Token { get; }

    public bool IsFired => _kill is not null;

    /// <summary>Null when nothing could ever fire.</summary>
    /// <param name="connection">What is watched.</param>
    /// <param name="seconds">How long it may take; 0 for no end.</param>
    /// <param name="cancellationToken">The caller's wish.</param>
    public static QueryWatch? Start(ConnectionHandle connection, int seconds, CancellationToken cancellationToken) =>
        seconds > 0 || cancellationToken.CanBeCanceled ? new QueryWatch(connection, seconds, cancellationToken) : null;

    /// <summary>What is watched ended, well or with <paramref name="fault"/>; if it was stopped, that is what the caller is told.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="MySqlException">The time was over.</exception>
    public void ThrowIfFired(Exception? fault = null)
    {
        if (_kill is null)
            return;
        Token.ThrowIfCancellationRequested();
        throw new MySqlException(MySqlErrors.QueryInterrupted, "70100",
            $"MySQL at {_connection.Options.Address}: the statement was stopped after {_seconds} s. Give it more time, or look at what holds it up with `show processlist`.",
            new TimeoutException($"{_seconds} s are over.", fault));
    }

    /// <summary>Watches no longer; waits for a kill that is under way.</summary>
    public void End()
    {
        lock (_isOver)
            _isOver.Set();
        _registration.Dispose();
        _source.Dispose();
        _kill?.GetAwaiter().GetResult();
    }

    /// <summary>Called when no rows of what was watched are wanted any more.</summary>
    public void Dispose()
    {
        End();
        if (_kill is not null && !_connection.IsClosed && !_connection.IsBroken)
            Absorb();
        _isOver.Dispose();
    }

    void Fire()
    {
        lock (_isOver)
        {
            if (!_isOver.IsSet)
                _kill = Task.Run(Kill);
        }
    }

    void Kill()
    {
        var isKilled = _connection.TryKillQuery();
        if (!_isOver.Wait(isKilled ? Grace : TimeSpan.Zero))
            _connection.Tear();
    }

    /// <summary>Gives a kill that arrived after the end something to hit.</summary>
    void Absorb()
    {
        _connection.CloseRetired();
        try
        {
            _connection.Control("do 0"u8);
        }
        catch (MySqlException)
        {
            // It was hit, or the connection is lost, which the next statement says.
        }
    }
}
