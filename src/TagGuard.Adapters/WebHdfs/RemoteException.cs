using System.Text.Json;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>An error as WebHDFS tells it: the server's Java exception. Its class says what it is; the HTTP status does not, for a standby, safe mode
/// and a missing right are all 403.</summary>
/// <remarks>hdfs/web/resources/ExceptionHandler.java of apache/hadoop.</remarks>
sealed class RemoteException(string kind, string message) : Exception(message)
{
    public string Kind => kind;

    public bool IsAbsent => kind is "FileNotFoundException";

    public bool IsStandby => kind is "StandbyException" or "ObserverRetryOnActiveException";

    /// <summary>It starts, or is in safe mode.</summary>
    public bool IsNotYet => kind is "RetriableException" or "SafeModeException" or "ServerTooBusyException";

    public bool IsPermission => kind is "AccessControlException" or "AuthorizationException";

    public bool IsLogin => kind is "SecurityException" or "InvalidToken" or "AuthenticationException" or "ExpiredTokenException";

    public bool IsUnknownOp => kind is "IllegalArgumentException" or "UnsupportedOperationException" or "QueryParamException";

    /// <summary>The error in an answer's body; null when it holds none.</summary>
    public static RemoteException? Of(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty("RemoteException", out var told)
        && told.ValueKind == JsonValueKind.Object
        && told.TryGetProperty("exception", out var kind)
        && kind.ValueKind == JsonValueKind.String
            ? new RemoteException(kind.GetString()!, FirstLine(told))
            : null;

    /// <summary>What comes behind it is a stack trace.</summary>
    static string FirstLine(JsonElement told) =>
        told.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString()!.Split('\n')[0].TrimEnd('.', '\r', ' ')
            : "without a message";
}
