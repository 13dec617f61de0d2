using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Hive.Wire;
using TagGuard.Adapters.Kerberos;
using TagGuard.Adapters.Sources.Sql;
using Thrift;
using Thrift.Protocol;
using Thrift.Transport;

namespace TagGuard.Adapters.Hive;

/// <summary>What went wrong with a server, as a sentence with its cure.</summary>
static partial class HiveFault
{
    /// <summary>Whether the server could not be reached, or the line broke.</summary>
    public static bool IsOfLine(Exception fault) =>
        fault is IOException or SocketException or TTransportException or HttpRequestException or TimeoutException
            or AuthenticationException;

    public static bool Is(Exception fault) =>
        IsOfLine(fault) || fault is HiveServerException or KerberosException or UnauthorizedAccessException or TProtocolException
            or TApplicationException or InvalidDataException or FormatException or OverflowException;

    /// <param name="fault">What was thrown.</param>
    /// <param name="asked">The statement; null when none was sent.</param>
    public static SqlFault Of(Exception fault, string? asked)
    {
        return fault switch
        {
            SqlFault told => told,
            HiveServerException { IsLost: true } => Fault(
                "The server does not know the session any more: it was restarted, or the session idled too long.",
                isTransient: true),
            HiveServerException refused => OfStatement(refused, asked),
            KerberosException ticket => Fault(ticket.Message, ticket.IsTransient),
            UnauthorizedAccessException => Fault(
                $"The server does not let the user in: {FirstLine(fault.Message)} Check `user` and `password`, and `auth`."),
            AuthenticationException => Fault(
                $"No TLS came about: {fault.Message} Check `tls`, `tls_ca` and the server's certificate."),
            EndOfStreamException => Fault(
                "The server closed the line. If it always does: it may want another `auth` (nosasl), `transport` or `tls`.",
                isTransient: true),
            TimeoutException => Fault(
                $"{fault.Message} It may be overloaded or stand still: look at the server.",
                isTransient: true),
            _ when IsOfLine(fault) => Fault($"{fault.Message.TrimEnd('.')}. Check `host` and `port`, and that the server runs.", isTransient: true),
            InvalidDataException => Fault(fault.Message),
            _ => Fault($"The server's answer cannot be read: {fault.Message} Check `transport`, `auth` and `tls`."),
        };

        SqlFault Fault(string message, bool isTransient = false) => new(message, fault) { Asked = asked, IsTransient = isTransient };
    }

    static SqlFault OfStatement(HiveServerException fault, string? asked)
    {
        var isTable = fault.SqlState == "42S02" || IsNoTable(fault.Message);
        return new SqlFault(FirstLine(fault.Message), fault)
        {
            Asked = asked,
            IsAbsent = isTable,
            IsWrongQuestion = !isTable && WrongQuestion().IsMatch(fault.Message),
        };
    }

    /// <summary>Whether a server's message says that a table is not there.</summary>
    public static bool IsNoTable(string message) => NoTable().IsMatch(message);

    /// <summary>Spark sends a stack trace behind the message, and both name classes before it.</summary>
    public static string FirstLine(string message)
    {
        var line = message.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "It failed.";
        var told = Classes().Replace(line, "").Trim();
        return told.EndsWith('.') ? told : told + ".";
    }

    [GeneratedRegex(@"TABLE_OR_VIEW_NOT_FOUND|Table or view not found|SemanticException \[Error 10001\]|Table not found", RegexOptions.IgnoreCase)]
    private static partial Regex NoTable();

    [GeneratedRegex(
        @"Invalid table alias or column reference|Invalid function|Error 100(02|04|11)\]|ParseException|PARSE_SYNTAX_ERROR"
            + "|UNRESOLVED_(COLUMN|FIELD|ROUTINE)|cannot resolve '",
        RegexOptions.IgnoreCase)]
    private static partial Regex WrongQuestion();

    [GeneratedRegex(
        @"^(\[[\w.]+\]\s+(?=\w+\.)|Error running query:\s*|Error while compiling statement:\s*|FAILED:\s*|\w*(\.\w+)+(Exception|Error):?\s*"
            + @"|SemanticException\s*)+")]
    private static partial Regex Classes();
}
