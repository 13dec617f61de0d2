using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>What an exception of the driver says about the server.</summary>
static class ServerFault
{
    /// <summary>Whether the driver throws such a thing when the server, or the line to it, fails: also bare faults of the network.</summary>
    public static bool Is(Exception fault) => fault is DbException or IOException or SocketException;

    /// <summary>The server's number, or the driver's (below 0); <see cref="MySqlErrorCode.None"/> when there is none.</summary>
    public static MySqlErrorCode CodeOf(Exception fault) => fault is MySqlException numbered ? numbered.ErrorCode : MySqlErrorCode.None;

    /// <summary>Whether the same may succeed a little later.</summary>
    public static bool IsTransient(Exception fault) =>
        fault is DbException { IsTransient: true }
        || (Is(fault) && IsBroken(fault))
        || CodeOf(fault)
            is MySqlErrorCode.OutOfResources
                or MySqlErrorCode.UnknownCommand
                or MySqlErrorCode.TooManyUserConnections
                or MySqlErrorCode.TooManyConcurrentTransactions
                or ErrorCodes.LockNotTaken
                or ErrorCodes.ServerIsNotReady
        || IsLost(CodeOf(fault));

    /// <summary>Whether the server was never asked anything, so that nobody doubts what it did.</summary>
    public static bool IsBeforeLogin(Exception fault) =>
        fault is MySqlLineException { Kind: LineFault.Absent or LineFault.Tls or LineFault.Login }
        || CodeOf(fault)
            is MySqlErrorCode.UnableToConnectToHost
                or MySqlErrorCode.DatabaseAccessDenied
                or MySqlErrorCode.AccessDenied
                or MySqlErrorCode.NoDatabaseSelected
                or MySqlErrorCode.UnknownDatabase
                or MySqlErrorCode.HostIsBlocked
                or MySqlErrorCode.HostNotPrivileged
                or ErrorCodes.AccessDeniedWithoutPassword;

    /// <summary>Server, what happened, what to do.</summary>
    /// <param name="fault">What the driver threw.</param>
    /// <param name="server">Where it was asked.</param>
    public static string Sentence(Exception fault, MySqlServer server) => $"MySQL at {server.Address}: {WithCure(fault, server)}";

    /// <summary>What happened and what to do.</summary>
    public static string WithCure(Exception fault, MySqlServer server)
    {
        if (fault is MySqlLineException)
            return fault.Message;
        var code = CodeOf(fault);
        if (code == MySqlErrorCode.CommandTimeoutExpired)
        {
            return $"The statement was stopped after {server.ReadTimeout.TotalSeconds:0} s. "
                + "Give it more time (`read_timeout`), or look at what holds it up with `show processlist`.";
        }
        if (IsBroken(fault))
            return "The line broke off. " + Lost;
        var number = code > MySqlErrorCode.None ? string.Create(CultureInfo.InvariantCulture, $" ({(int)code})") : "";
        var sentence = $"{fault.Message.TrimEnd('.')}{number}.";
        return Cure(code, server) is { } cure ? $"{sentence} {cure}" : sentence;
    }

    const string Lost = "The server ended the connection, did not answer in time, or the network broke: look at its log, then run this again.";

    /// <summary>The line ended in the middle: a bare fault of the network, or one that the driver wrapped without a number.</summary>
    static bool IsBroken(Exception fault)
    {
        if (fault is MySqlLineException or MySqlException { ErrorCode: not MySqlErrorCode.None })
            return false;
        for (var one = fault; one is not null; one = one.InnerException)
        {
            if (one is IOException or SocketException)
                return true;
        }
        return false;
    }

    static bool IsLost(MySqlErrorCode code) =>
        code
            is MySqlErrorCode.ServerShutdown
                or MySqlErrorCode.AbortingConnection
                or MySqlErrorCode.NetReadError
                or MySqlErrorCode.NetReadInterrupted
                or MySqlErrorCode.NetErrorOnWrite
                or MySqlErrorCode.NetWriteInterrupted
                or MySqlErrorCode.ClientInteractionTimeout
                or ErrorCodes.ConnectionWasKilled;

    static string? Cure(MySqlErrorCode code, MySqlServer server) =>
        code switch
        {
            MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.AccessDenied or ErrorCodes.AccessDeniedWithoutPassword =>
                $"Check `user` and `password`, and that {server.User} may log in from this machine (`show grants`).",
            MySqlErrorCode.TableAccessDenied
            or MySqlErrorCode.ColumnAccessDenied
            or MySqlErrorCode.SpecifiedAccessDeniedError
            or MySqlErrorCode.PrecedureAccessDenied => $"Grant it to {server.User}, or use a user that has it.",
            MySqlErrorCode.UnknownDatabase => $"Create the database {server.Database}, or correct `database`.",
            MySqlErrorCode.NoDatabaseSelected => "Name the `database`.",
            MySqlErrorCode.NoSuchTable => "Check the table's name and `database`; if the table is one of TagGuard's own, run `tagguard init`.",
            MySqlErrorCode.ConnectionCountError or MySqlErrorCode.TooManyUserConnections =>
                "The server has no room for one more connection: try again later, or raise max_connections (max_user_connections).",
            MySqlErrorCode.PacketTooLarge => "A value or a batch is larger than the server takes: raise its max_allowed_packet.",
            ErrorCodes.CannotWriteFile or MySqlErrorCode.DiskFull or MySqlErrorCode.RecordFileFull =>
                "The server's disk (or the table) is full: make room, then run this again.",
            MySqlErrorCode.LockWaitTimeout =>
                "Another transaction holds the rows: information_schema.innodb_trx lists it, `show processlist` its owner. Wait for it or stop it, "
                    + "then run this again.",
            MySqlErrorCode.LockDeadlock => "Two transactions waited for each other and this one was undone: run it again.",
            MySqlErrorCode.OptionPreventsStatement or MySqlErrorCode.CannotExecuteInReadOnlyTransaction or ErrorCodes.ServerIsReadOnly =>
                "The server (or session) only reads; a replica does. Connect to the primary.",
            MySqlErrorCode.UnsupportedPreparedStatement =>
                "The server cannot prepare this statement, and only prepared statements are run: use another statement.",
            MySqlErrorCode.HostNotPrivileged => "The server lets no user in from this machine: create the user for this host.",
            MySqlErrorCode.HostIsBlocked => "The server blocked this machine after too many failed attempts: `flush hosts` there.",
            MySqlErrorCode.NotSupportedAuthMode => LineFaults.LoginCure,
            MySqlErrorCode.QueryInterrupted or MySqlErrorCode.QueryTimeout or ErrorCodes.StatementTimeout =>
                "Somebody or a time limit of the server stopped it.",
            MySqlErrorCode.UnknownCommand => "This node of the cluster is not ready: wait for it, or connect to another.",
            MySqlErrorCode.UnableToConnectToHost => server.Host is null
                ? LineFaults.SocketCure
                : "Check that the server runs, and `host`, `port` and firewalls.",
            _ when IsLost(code) => Lost,
            _ => null,
        };
}
