using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>What a failed call says about Spark, or about the way there.</summary>
static partial class SparkFault
{
    /// <summary>Longer ones are plans and stacks.</summary>
    const int LongestSentence = 600;

    /// <summary>Whether the line broke, as opposed to an error of Spark's own.</summary>
    public static bool IsOfLine(RpcException fault) =>
        fault.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled or StatusCode.Aborted
        && Inner<AuthenticationException>(fault) is null
        && InfoOf(fault) is null;

    /// <summary>Whether the server has closed the session, for it was idle too long or an operator did: asked again, it must be another.</summary>
    public static bool IsOfSession(SqlFault fault) => fault.Message.StartsWith("[INVALID_HANDLE.SESSION_", StringComparison.Ordinal);

    public static SqlFault Of(Exception fault, SparkServer server, string? asked)
    {
        if (fault is RpcException call && InfoOf(call) is { } info)
            return OfSpark(call, info, server, asked);
        var (cure, isTransient) = OfWay(fault, server);
        return new SqlFault($"{Sentence(fault is RpcException rpc ? rpc.Status.Detail : fault.Message)} {cure}", fault)
        {
            Asked = asked,
            IsTransient = isTransient,
        };
    }

    /// <summary>A server that takes a call and does not answer.</summary>
    public static SqlFault Silent(SparkServer server, TimeSpan limit, string about, Exception fault, string? asked = null)
    {
        var key = limit == server.ConnectTimeout ? "connect_timeout" : "read_timeout";
        var told = string.Create(CultureInfo.InvariantCulture, $"No answer about {about} within {limit.TotalSeconds:0} s (`{key}`)");
        return new SqlFault($"{told}, and the server says nothing at all: look whether it hangs, then run this again.", fault)
        {
            Asked = asked,
            IsTransient = true,
        };
    }

    /// <summary>A server that answers, and was not done with the statement.</summary>
    public static SqlFault Stopped(SparkServer server, string asked, Exception fault)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"The statement was stopped after {server.ReadTimeout.TotalSeconds:0} s");
        return new SqlFault($"{told}. Give it more time (`read_timeout`), or look at what holds it up in Spark's list of jobs.", fault)
        {
            Asked = asked,
        };
    }

    static SqlFault OfSpark(RpcException call, ErrorInfo info, SparkServer server, string? asked)
    {
        var text = call.Status.Detail;
        var kind = Class().Match(text) is { Success: true } match ? match.Groups[1].Value : "";
        var isAbsent = kind is "TABLE_OR_VIEW_NOT_FOUND" or "SCHEMA_NOT_FOUND"
            || info.Reason.EndsWith(".NoSuchTableException", StringComparison.Ordinal)
            || info.Reason.EndsWith(".NoSuchDatabaseException", StringComparison.Ordinal);
        var (cure, isTransient) = CureOf(kind, text, server);
        return new SqlFault($"{Sentence(text)} {cure}".TrimEnd(), call)
        {
            Asked = asked,
            IsAbsent = isAbsent,
            IsTransient = !isAbsent && isTransient,
            IsWrongQuestion = kind.StartsWith("UNRESOLVED_", StringComparison.Ordinal) || kind == "PARSE_SYNTAX_ERROR",
        };
    }

    /// <summary>By Spark's error classes, spark.apache.org/docs/latest/sql-error-conditions.html, or the words of what has none.</summary>
    static (string? Cure, bool IsTransient) CureOf(string kind, string text, SparkServer server) => kind switch
    {
        "TABLE_OR_VIEW_NOT_FOUND" or "SCHEMA_NOT_FOUND" => ("Check the table's name, with its database.", false),
        "OPERATION_CANCELED" => ("Somebody stopped it.", false),
        _ when kind.StartsWith("INVALID_HANDLE", StringComparison.Ordinal) || kind.StartsWith("INVALID_CURSOR", StringComparison.Ordinal) =>
            ("The server has lost the statement, as after a restart: run this again.", true),
        _ when Permission().IsMatch(text) =>
            ($"Grant it to {server.User}, or to whom the Connect server runs as; or use a `user` that has it.", false),
        _ when Lost().IsMatch(text) => ("The cluster lost a part of the work, or is stopping: look at Spark's log, then run this again.", true),
        _ when Rewritten().IsMatch(text) => ("The table was written while it was read: run this again.", true),
        _ => (null, false),
    };

    static (string Cure, bool IsTransient) OfWay(Exception fault, SparkServer server) => (fault as RpcException)?.StatusCode switch
    {
        _ when Inner<AuthenticationException>(fault) is not null => (
            $"No TLS came about. The certificate must be valid, be issued for the `host`, and be signed by an authority of "
                + $"{(server.TlsCa is null ? "this machine (or of `tls_ca`)" : server.TlsCa)}; a Spark without TLS needs `tls: false`.",
            false),
        StatusCode.Unauthenticated => ("Check `token`, and that it has not run out.", false),
        StatusCode.PermissionDenied => ($"Check `token`, and what it allows {server.User}.", false),
        StatusCode.Unimplemented => ("No Spark Connect answers there: check `port` (the Thrift Server has another), and the proxy before it.", false),
        StatusCode.ResourceExhausted => ("One row is too long to be sent: ask for less of it.", false),
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition => ("Look at the server's log.", false),
        _ => (
            $"Check that the Connect server runs, and `host`, `port` and firewalls"
                + (server.Tls ? "; a Spark without TLS needs `tls: false`." : "; a server with TLS needs `tls: true`."),
            true),
    };

    /// <summary>The first line: behind it are a plan, the SQL, a stack.</summary>
    static string Sentence(string text)
    {
        var line = text.Split('\n').Select(one => one.Trim()).FirstOrDefault(one => one.Length > 0) ?? "Spark gave no reason";
        if (line.Length > LongestSentence)
            line = line[..LongestSentence] + "…";
        return line.TrimEnd('.', ';', ' ') + ".";
    }

    static ErrorInfo? InfoOf(RpcException fault)
    {
        try
        {
            return fault.Trailers.GetValueBytes("grpc-status-details-bin") is { } bytes
                ? RpcStatus.Parser.ParseFrom(bytes).Details
                    .Where(detail => detail.TypeUrl.EndsWith("/google.rpc.ErrorInfo", StringComparison.Ordinal))
                    .Select(detail => ErrorInfo.Parser.ParseFrom(detail.Value))
                    .FirstOrDefault()
                : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    static T? Inner<T>(Exception fault) where T : Exception
    {
        for (var one = fault is RpcException call ? call.Status.DebugException : fault; one is not null; one = one.InnerException)
        {
            if (one is T found)
                return found;
        }
        return null;
    }

    [GeneratedRegex(@"^\s*\[([A-Z0-9_.]+)\]")]
    private static partial Regex Class();

    [GeneratedRegex("AccessControlException|Permission denied|INSUFFICIENT_PERMISSIONS|does not have .{0,20}privilege", RegexOptions.IgnoreCase)]
    private static partial Regex Permission();

    [GeneratedRegex("ExecutorLostFailure|FetchFailed|SparkContext was shut down|stopped SparkContext|Connection refused|SafeMode|StandbyException")]
    private static partial Regex Lost();

    [GeneratedRegex("the underlying files have been updated|FileNotFoundException|READ_FILE", RegexOptions.IgnoreCase)]
    private static partial Regex Rewritten();
}
