using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Command;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>HBase's own distributed count, started by a command; its number is the counter ROWS that the job's client logs.</summary>
/// <remarks>org.apache.hadoop.hbase.mapreduce.RowCounter of apache/hbase: `[--starttime=] [--range=from,to] table [family]`.</remarks>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="client">Starts it.</param>
/// <param name="command">The command, for people.</param>
sealed partial class RowCounterJob(string name, ClientProcess client, string command)
{
    /// <exception cref="SourceException">The job failed, or did not say how many rows there are.</exception>
    public async Task<long> CountAsync(ScanScope scope, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var hadNoInput = false;
        try
        {
            await client.RunAsync(Arguments(scope), Question(scope), Look, cancellationToken);
        }
        catch (SqlFault fault)
        {
            throw Fault(fault.Message, scope, fault, fault.IsTransient);
        }
        lock (found)
        {
            return found switch
            {
                [var rows] => long.Parse(rows, CultureInfo.InvariantCulture),
                // A counter of nothing is not logged; that the job read nothing is.
                [] when hadNoInput => 0,
                [] => throw Fault("It ended well and did not say how many rows it counted (ROWS=…). Look at its log, with --verbose.", scope),
                _ => throw Fault($"It said {found.Count} times how many rows it counted. Start one job with the command.", scope),
            };
        }

        void Look(string line)
        {
            lock (found)
            {
                // In a local job each task has logged its own before.
                if (Completed().IsMatch(line))
                {
                    found.Clear();
                    hadNoInput = false;
                }
                if (Rows().Match(line) is { Success: true } match)
                    found.Add(match.Groups[1].Value);
                hadNoInput |= NoInput().IsMatch(line);
            }
        }
    }

    public string Question(ScanScope scope) => $"{command} {string.Join(' ', Arguments(scope))}";

    static List<string> Arguments(ScanScope scope)
    {
        var arguments = new List<string>();
        if (scope.Since is { } since)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--starttime={since}"));
        if (scope.Range.Start.Length > 0 || scope.Range.End.Length > 0)
            arguments.Add($"--range={Key(scope.Range.Start)},{Key(scope.Range.End)}");
        arguments.Add(scope.Table);
        arguments.AddRange(scope.Columns);
        return arguments;
    }

    /// <summary>A comma and a semicolon part ranges.</summary>
    static string Key(byte[] key) =>
        RowKeys.Text(key).Replace(",", @"\x2C", StringComparison.Ordinal).Replace(";", @"\x3B", StringComparison.Ordinal);

    SourceException Fault(string message, ScanScope scope, Exception? inner = null, bool isTransient = false) =>
        new(name, command, message, Question(scope), inner) { IsTransient = isTransient };

    [GeneratedRegex(@"^\s*ROWS=(\d{1,18})\s*$")]
    private static partial Regex Rows();

    [GeneratedRegex(@"\bJob job_\w+ completed successfully\s*$")]
    private static partial Regex Completed();

    [GeneratedRegex(@"^\s*Map input records=0\s*$")]
    private static partial Regex NoInput();
}
