using System.Globalization;
using System.Text.RegularExpressions;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>What the numbers of errors mean: mysqld_error.h and errmsg.h of MySQL 9 and MariaDB 11.</summary>
static partial class MySqlErrors
{
    public const int CannotConnect = 2002;
    public const int ConnectionLost = 2013;
    public const int PacketTooLarge = 2020;
    public const int TlsFailed = 2026;
    public const int QueryInterrupted = 1317;

    // Too many connections or transactions, out of resources, nobody there (as providers in C# number it), a shutdown, a break of the line, a lock waited for
    // too long, a deadlock, a member that is not ready.
    static readonly HashSet<int> Transient = [1040, 1041, 1042, 1047, 1053, 1152, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1637, 1927, 2002, 2003, 2006, 2012, 2013, 2055, 3168, 3572, 4031];

    static readonly HashSet<int> Lost = [1053, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 2014, 2027, 2055, 4031];

    /// <summary>Whether the same may succeed a little later.</summary>
    public static bool IsTransient(int number) => Transient.Contains(number);

    /// <summary>Whether the connection is of no more use.</summary>
    public static bool IsLost(int number) => Lost.Contains(number);

    /// <summary>The number that a server gave before TLS began (too many connections, this machine not let in), which the library wraps in one of its own; else null.</summary>
    public static int? BeforeTls(string message) => FaultBeforeTls.Match(message) is { Success: true } found
        ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    /// <summary>Whether the line ended in the middle of TLS, which the library tells like a fault of TLS itself: an end without a word, or an error of the system.</summary>
    public static bool IsBrokenLine(string message) => BrokenLine.IsMatch(message);

    /// <summary>Server, what happened, what to do.</summary>
    public static string Sentence(MySqlOptions options, int number, string message)
    {
        var what = options.Password is { Length: > 0 } password ? message.Replace(password, "…", StringComparison.Ordinal) : message;
        var sentence = $"MySQL at {options.Address}: {what.TrimEnd('.')} ({number.ToString(CultureInfo.InvariantCulture)}).";
        return Cure(options, number, message) is { } cure ? $"{sentence} {cure}" : sentence;
    }

    [GeneratedRegex("before completion of TLS handshake.*: (\\d{4}) - ", RegexOptions.CultureInvariant)]
    static partial Regex FaultBeforeTls { get; }

    // EPIPE, ECONNABORTED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH of Linux: errno.h.
    [GeneratedRegex(@"unexpected eof|\((32|103|104|110|113)\)$", RegexOptions.CultureInvariant)]
    static partial Regex BrokenLine { get; }

    static string? Cure(MySqlOptions options, int number, string message) => number switch
    {
        1044 or 1045 or 1698 => $"Check `user` and `password`, and that {options.User} may log in from this machine (`show grants`).",
        1142 or 1143 or 1227 or 1370 => $"Grant it to {options.User}, or use a user that has it.",
        1049 => $"Create the database {options.Database}, or correct `database`.",
        1046 => "Name the `database`.",
        1146 => "Check the table's name and `database`; if the table is one of TagGuard's own, run `tagguard init`.",
        1040 or 1203 => "The server has no room for one more connection: try again later, or raise max_connections (max_user_connections).",
        1153 or PacketTooLarge => "A value or a batch is larger than the server takes: raise its max_allowed_packet.",
        3 or 1021 or 1114 => "The server's disk (or the table) is full: make room, then run this again.",
        1205 => "Another transaction holds the rows: information_schema.innodb_trx lists it, `show processlist` its owner. Wait for it or stop it, then run this again.",
        1213 => "Two transactions waited for each other and this one was undone: run it again.",
        1290 or 1792 or 1836 => "The server (or session) only reads; a replica does. Connect to the primary.",
        1295 => "The server cannot prepare this statement, and only prepared statements are run: use another statement.",
        1130 => "The server lets no user in from this machine: create the user for this host.",
        1129 => "The server blocked this machine after too many failed attempts: `flush hosts` there.",
        1251 or 2059 or 2061 => "The user's way to log in (its authentication plugin) is not to be had: use TLS with verify-full, or a user with caching_sha2_password, ed25519 or mysql_native_password.",
        1317 or 1969 or 3024 => "Somebody or a time limit of the server stopped it.",
        1047 => "This node of the cluster is not ready: wait for it, or connect to another.",
        1042 or 2002 or 2003 => options.Socket is null
            ? "Check that the server runs, and `host`, `port` and firewalls."
            : "Check that the server runs on this machine, and `socket`.",
        2005 => "Check `host`: no name server knows it.",
        2006 or 2013 or 2055 => "The server ended the connection, did not answer in time, or the network broke: look at its log, then run this again.",
        2026 => TlsCure(options, message),
        _ => null,
    };

    static string TlsCure(MySqlOptions options, string message) =>
        options.TlsCa is { } file && !File.Exists(file)
            ? $"The file of `tls_ca`, {file}, is not there, or this user may not read its folder: copy the server's authority to it, or correct `tls_ca`."
            : message.Contains("not support", StringComparison.OrdinalIgnoreCase) || message.Contains("required", StringComparison.OrdinalIgnoreCase)
            ? "The server has no TLS: give it a certificate (ssl_cert, ssl_key), or write `tls: off` if the network may be trusted."
            : options.Tls == TlsMode.VerifyFull
            ? $"Its certificate must be valid, be issued for {options.Host}, and be signed by an authority of `tls_ca`{(options.TlsCa is null ? " (or of this machine)" : $" ({options.TlsCa})")}; `tls: required` encrypts without asking who answers."
            : "Check the server's TLS settings: version 1.2 or later.";
}
