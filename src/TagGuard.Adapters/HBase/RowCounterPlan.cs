using TagGuard.Adapters.Command;
using TagGuard.Keys;

namespace TagGuard.Adapters.HBase;

/// <summary>`rowcounter`: the command of HBase's distributed count.</summary>
public sealed record RowCounterPlan : IPlanPart
{
    [PlanKey(
        "The program and its first arguments; the table and what limits it are put behind them. No shell reads them.",
        Example = "[hbase, rowcounter]")]
    public IReadOnlyList<string> Command { get; init; } = ["hbase", "rowcounter"];

    [PlanKey("Variables of the environment that the program gets beside those of TagGuard.", Example = "{ HBASE_CONF_DIR: /etc/hbase/conf }")]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [PlanKey("How long a job may take before it is stopped; the check's own `timeout` must be as long. Default 1h.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    internal RowCounterJob Job(string name, string folder, TimeProvider clock)
    {
        var client = new CommandConnectionPlan { Command = Command, Environment = Environment, Timeout = Timeout };
        return new RowCounterJob(name, new ClientProcess(client, folder, clock), string.Join(' ', Command));
    }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Command.Count == 0 || string.IsNullOrWhiteSpace(Command[0]))
            yield return ("command", "The first of the list is the program: write [hbase, rowcounter].");
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromDays(1))
            yield return ("timeout", "From 1s to 1d.");
    }
}

/// <summary>Who counts the rows of a table.</summary>
public enum CountMethod { Gateway, Rowcounter, Auto }
