using System.Text.RegularExpressions;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Command;

/// <summary>A client failed, and said why on stderr.</summary>
sealed partial class ClientFault(string message, string errors) : SqlFault(message, new InvalidOperationException(errors))
{
    /// <summary>Whether the server refused the function that makes a text of a row, for a column that cannot be one. Whatever else failed may
    /// do so without a word when the rows are only counted.</summary>
    public bool IsOfTypes { get; private init; }

    /// <param name="exit">The exit code.</param>
    /// <param name="errors">What stands on stderr, as far as it is kept.</param>
    /// <param name="printed">What stands on stdout: some clients tell their errors there.</param>
    /// <param name="asked">The statement.</param>
    public static ClientFault Of(int exit, string errors, string printed, string asked)
    {
        var line = ErrorIn(errors) ?? ErrorIn(printed) ?? LastOf(errors) ?? LastOf(printed) ?? "It printed no error.";
        return new ClientFault($"{HiveFault.FirstLine(Prefix().Replace(line, "").TrimEnd(';'))} (exit {Exit(exit)})", errors)
        {
            Asked = asked,
            IsAbsent = HiveFault.IsNoTable(line),
            IsTransient = OfLine().IsMatch(line),
            IsOfTypes = exit < 126 && OfTypes().IsMatch(line),
        };
    }

    static string Exit(int code) => code switch
    {
        137 => "137: killed, perhaps because memory ran out",
        > 128 => $"{code}: ended by signal {code - 128}",
        _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>What a client says of its end: the last, for logs before it tell of errors that were overcome.</summary>
    static string? ErrorIn(string text) => Lines(text).LastOrDefault(line => Error().IsMatch(line))
        ?? Lines(text).LastOrDefault(line => Thrown().IsMatch(line));

    static string? LastOf(string text) => Lines(text).LastOrDefault() is { } last ? Line.Short(last) : null;

    static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    /// <remarks>spark-sql tells the class alone, and a plan of many lines behind it:
    /// spark.apache.org/docs/latest/sql-error-conditions.html.</remarks>
    [GeneratedRegex(@"^((Error|FAILED|Exception in thread|Error in query)\b.*[:\s]|\[[A-Z][A-Z0-9_]+(\.[A-Z0-9_]+)*\] )")]
    private static partial Regex Error();

    [GeneratedRegex(@"^[\w.$]+(Exception|Error):")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"\belt\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfTypes();

    [GeneratedRegex(@"^(Error in query|Error|Exception in thread ""[^""]*"")\s*:?\s*")]
    private static partial Regex Prefix();

    [GeneratedRegex(
        "Connection refused|Connection reset|Could not open client transport|No current connection|timed out|No route to host|UnknownHost"
            + "|Invalid (Session|Operation)Handle|safe mode|Too many (sessions|connections)",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfLine();
}
