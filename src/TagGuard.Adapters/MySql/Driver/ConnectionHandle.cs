using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A MYSQL*: one connection in the library. Its functions run one at a time, each within a <see cref="Turn"/>.</summary>
/// <remarks>
/// Disposed while a turn is taken, it is closed by whoever gives the turn back. Statements may outlive it: closing a connection makes the library
/// forget them, and what is left of them is only memory.
/// </remarks>
sealed unsafe class ConnectionHandle : SafeHandle
{
    readonly List<nint> _retired = [];
    int _socket = -1;
    int _taken;
    bool _isClosed;

    ConnectionHandle(MySqlOptions options)
        : base(0, ownsHandle: true)
    {
        Options = options;
        SetHandle(Native.mysql_init(0));
    }

    public override bool IsInvalid => handle == 0;

    public MySqlOptions Options { get; }

    /// <summary>The connection's number on the server, for `kill query`.</summary>
    public ulong ServerThread { get; private set; }

    public string ServerVersion { get; private set; } = "";

    /// <summary>The cipher that it is encrypted with, or null when it is not.</summary>
    public string? Cipher { get; private set; }

    /// <summary>Bytes that the server takes at once (max_allowed_packet); null until somebody asked.</summary>
    public long? PacketLimit { get; set; }

    /// <summary>The server is gone from it for good.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Connects. Takes as long as the network, the name server and the server want.</summary>
    /// <exception cref="MySqlException">The server cannot be reached, is not to be trusted, or does not let this user in.</exception>
    public static ConnectionHandle Open(MySqlOptions options)
    {
        MySqlLibrary.Need();
        var connection = new ConnectionHandle(options);
        try
        {
            ConnectionSettings.Apply(connection, options);
            connection.Connect();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The right to call the library on this connection, until it is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another thread has it.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public Turn Take()
    {
        if (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
            throw new InvalidOperationException($"The connection to {Options.Address} is in use by another thread. Give each thread a connection of its own, or await each call before the next.");
        var isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
        }
        finally
        {
            if (!isHeld)
                Volatile.Write(ref _taken, 0);
        }
        return new Turn(this);
    }

    /// <summary>Whether a call is running just now.</summary>
    public bool IsTaken => Volatile.Read(ref _taken) != 0;

    /// <summary>To be held while the library waits for the server. Without TLS it begins a read anew that a signal broke off.</summary>
    public SignalMask MaskSignals() => Cipher is null ? default : SignalMask.Raise();

    /// <summary>Runs words of the driver's own, such as `commit`, that MySQL does not prepare.</summary>
    public void Control(ReadOnlySpan<byte> sql)
    {
        using var mask = MaskSignals();
        fixed (byte* text = sql)
        {
            if (Native.mysql_real_query(this, text, (nuint)sql.Length) != 0)
                throw Fault();
        }
    }

    public void UseDatabase(string name)
    {
        using var mask = MaskSignals();
        if (Native.mysql_select_db(this, name) != 0)
            throw Fault();
    }

    /// <summary>What the library says went wrong with the connection.</summary>
    public MySqlException Fault() => Fault((int)Native.mysql_errno(this), Native.Text(Native.mysql_sqlstate(this)), Native.Text(Native.mysql_error(this)));

    public MySqlException Fault(int number, string sqlState, string message)
    {
        number = MySqlErrors.BeforeTls(message) ?? number;
        // Once it is there, trouble with TLS, or trouble without a name, is that of a broken line.
        if (ServerThread != 0 && number is 0 or MySqlErrors.TlsFailed || number == MySqlErrors.TlsFailed && MySqlErrors.IsBrokenLine(message))
            (number, message) = (MySqlErrors.ConnectionLost, message.Length > 0 ? message : "The line broke off");
        IsBroken |= MySqlErrors.IsLost(number);
        return new MySqlException(number, sqlState, MySqlErrors.Sentence(Options, number, message));
    }

    /// <summary>Asks the server, on a second connection, to stop what runs on this one; false when it cannot be asked.</summary>
    public bool TryKillQuery()
    {
        try
        {
            var patience = TimeSpan.FromSeconds(5);
            using var second = Open(Options with { ConnectTimeout = patience, ReadTimeout = patience, WriteTimeout = patience });
            second.Control(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"kill query {ServerThread}")));
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    /// <summary>Tears the connection, from any thread: a call that waits for the server then fails. Does nothing once it is closed.</summary>
    /// <remarks>The descriptor is a copy of ours that is held meanwhile, so it cannot have become somebody else's.</remarks>
    public void Tear()
    {
        const int bothWays = 2;
        var isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            _ = Native.shutdown(_socket, bothWays);
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: the number of its socket may be another's by now.
        }
        finally
        {
            if (isHeld)
                DangerousRelease();
        }
    }

    /// <summary>Takes a statement that nobody needs any more. It is closed when the connection has a turn for it: see <see cref="CloseRetired"/>.</summary>
    public void Retire(nint statement)
    {
        lock (_retired)
        {
            if (_isClosed)
                Native.mysql_stmt_close(statement);
            else
                _retired.Add(statement);
        }
    }

    /// <summary>Closes statements that were retired. Only when no rows are waiting: closing one would throw away another's rows.</summary>
    public void CloseRetired()
    {
        lock (_retired)
        {
            foreach (var statement in _retired)
                Native.mysql_stmt_close(statement);
            _retired.Clear();
        }
    }

    protected override bool ReleaseHandle()
    {
        lock (_retired)
        {
            CloseRetired();
            Native.mysql_close(handle);
            _isClosed = true;
        }
        if (_socket >= 0)
            _ = Native.close(_socket);
        return true;
    }

    void GiveBack()
    {
        DangerousRelease();
        Volatile.Write(ref _taken, 0);
    }

    void Connect()
    {
        var host = Options.Socket is null ? Options.Host : null;
        using (SignalMask.Raise())
        {
            if (Native.mysql_real_connect(this, host, Options.User, Options.Password, Options.Database, (uint)Options.Port, Options.Socket, ClientFlags.FoundRows) == 0)
                throw Fault();
        }
        Cipher = Marshal.PtrToStringUTF8(Native.mysql_get_ssl_cipher(this));
        // Unless it is to verify the server, the library goes on in plain text with one that has no TLS.
        if (Cipher is null && Options.Tls != TlsMode.Off)
            throw Fault(MySqlErrors.TlsFailed, "HY000", "TLS is required, but the server does not support it");
        ServerThread = Native.mysql_thread_id(this);
        ServerVersion = Native.Text(Native.mysql_get_server_info(this));
        _socket = Native.dup(Native.mysql_get_socket(this));
    }

    /// <summary>The right to call the library on one connection; given back when disposed.</summary>
    public readonly ref struct Turn(ConnectionHandle connection)
    {
        public void Dispose() => connection.GiveBack();
    }
}
