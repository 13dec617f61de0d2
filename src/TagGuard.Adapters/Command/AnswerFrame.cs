using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Command;

/// <summary>
/// Makes the cluster write its whole answer as one line that says itself how many rows it has and where it ends: so it is complete, and this
/// statement's, or it is refused, whatever the client writes around it.
/// </summary>
/// <remarks>
/// The line is `tag:MARK:ROWS:BODY:end`. The mark is another for each statement. Texts are the hexadecimal digits of their bytes, and NULL a dash: no
/// client's way to quote, to write NULL or to encode letters matters. The mark is written with an escape, so a server that does not
/// read escapes, and would read values otherwise than they are written, is found out.
/// </remarks>
sealed partial class AnswerFrame
{
    public const string Null = "-";

    readonly string _mark = Guid.NewGuid().ToString("N")[..16];

    string Column => "tagguard_" + _mark;

    /// <summary>SELECT list over rows whose number is all that is asked.</summary>
    public string Count => Framed("''");

    /// <summary>SELECT list over rows of one text, `v`; its body is one of them.</summary>
    public string Value => Framed($"coalesce(max(hex(v)), '{Null}')");

    /// <summary>SELECT list over rows, which are the body.</summary>
    public string Rows(IEnumerable<string> texts, IEnumerable<string> numbers)
    {
        var fields = texts.Select(text => $"coalesce(hex({text}), '{Null}')").Concat(numbers.Select(n => $"coalesce(cast({n} as string), '{Null}')"));
        return Framed($"concat_ws(',', collect_list(concat_ws('/', {string.Join(", ", fields)})))");
    }

    /// <summary>A text of a body; null is NULL.</summary>
    public static string? Text(string field)
    {
        try
        {
            return field == Null ? null : Encoding.UTF8.GetString(Convert.FromHexString(field));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The answer has `{Line.Short(field)}` where hexadecimal digits were asked for.", fault);
        }
    }

    /// <summary>The rows of an answer, each as its fields.</summary>
    public IReadOnlyList<string[]> ReadRows(string printed, int fields, string asked)
    {
        var (count, body) = Read(printed, asked);
        string[][] rows = body.Length == 0 ? [] : [.. body.Split(',').Select(row => row.Split('/'))];
        return rows.Length == count && Array.TrueForAll(rows, row => row.Length == fields)
            ? rows
            : throw Fault($"The answer says that it has {count} rows and has {rows.Length}, or fields are missing in one.", asked, mayPass: true);
    }

    /// <summary>What a client printed, as the number of rows and the body.</summary>
    /// <exception cref="SqlFault">It is not the one line, and blank ones and the column's name before it.</exception>
    public (long Rows, string Body) Read(string printed, string asked)
    {
        (long Rows, string Body)? read = null;
        foreach (var line in printed.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (Answer().Match(line) is { Success: true } match && match.Groups["mark"].Value == _mark)
            {
                read = read is null
                    ? (long.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture), match.Groups["body"].Value)
                    : throw Fault("The client printed the answer twice.", asked);
            }
            else if (line.Contains(_mark + ":", StringComparison.Ordinal))
            {
                throw Fault(WhyNot(line), asked, mayPass: !line.Contains("\\u", StringComparison.Ordinal));
            }
            else if (read is not null || !IsHeader(line))
            {
                throw Fault($"The client printed a line that is no part of the answer: `{Line.Short(line)}`. {Quietly}", asked);
            }
        }
        return read ?? throw Fault(
            "The client ended as if all were well (exit 0) without the answer, or with a part of it: what runs it must neither cut its output nor "
                + "hide that it failed.",
            asked,
            mayPass: true);
    }

    const string Quietly = "Have it print results only (beeline --silent=true --outputformat=tsv2, hive -S), and its logs on stderr.";

    static string WhyNot(string line) => line.Contains("\\u0074", StringComparison.Ordinal)
        ? "The server does not read escapes in texts, so values would be read wrong: turn off spark.sql.parser.escapedStringLiterals."
        : line[0] is '|' or '+'
            ? $"The client draws a table, in which values are cut. {Quietly}"
            : $"The line with the answer is cut, or has something else in it: `{Line.Short(line)}`. {Quietly}";

    string Framed(string body) => $@"concat('\u0074ag:{_mark}:', cast(count(*) as string), ':', {body}, ':end') as {Column}";

    /// <summary>Beeline without a terminal writes its prompt before it.</summary>
    bool IsHeader(string line) => line.Trim('"', '\'').EndsWith(Column, StringComparison.OrdinalIgnoreCase)
        && line.Trim('"', '\'')[..^Column.Length] is var before && (before.Length == 0 || before.EndsWith("> ", StringComparison.Ordinal));

    static SqlFault Fault(string message, string asked, bool mayPass = false) => new(message) { Asked = asked, IsTransient = mayPass };

    [GeneratedRegex(
        """^(?<quote>["']?)tag:(?<mark>[0-9a-f]{16}):(?<rows>[0-9]{1,18}):(?<body>[0-9A-Fa-f/,-]*):end\k<quote>$""", RegexOptions.CultureInvariant)]
    private static partial Regex Answer();
}
