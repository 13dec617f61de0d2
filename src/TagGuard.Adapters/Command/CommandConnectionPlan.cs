using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Command;

/// <summary>`command`: a cluster that is only reached by a client on this machine, such as beeline. Each statement starts it once.</summary>
public sealed record CommandConnectionPlan : TableConnectionPlan, IPlanPart
{
    /// <summary>Programs that hand their arguments to a shell: always, and behind -c.</summary>
    static readonly string[] Remote = ["ssh", "rsh"], Shells = ["sh", "bash", "dash", "ksh", "zsh", "su"];

    [PlanKey(
        "The program and its arguments; no shell reads them. One of them holds {sql}, or {file} for a client that reads the statement from a file. "
            + "Others see the arguments of a process: let the client read a password from a file.",
        Example = "[beeline, -u, jdbc:hive2://hs2:10000, --silent=true, --outputformat=tsv2, -e, \"{sql}\"]")]
    public IReadOnlyList<string> Command { get; init; } = [];

    [PlanKey("hive or spark: whose SQL is spoken.")]
    [Required]
    public CommandDialect? Dialect { get; init; }

    [PlanKey("Variables of the environment that the program gets beside those of TagGuard.", Example = "{ HADOOP_CLIENT_OPTS: -Xmx512m }")]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [PlanKey("How long one statement may take, starting the program included, before it is stopped. Default 10m.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IRowsSource), typeof(ITableSource), typeof(IVolumeSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new VolumeSqlSource<CommandSession>(name, new CommandWire(this, new ClientProcess(this, folder, clock)), Volumes);

    public override string? MistakeIn(string sql) => HiveText.MistakeIn(sql);

    public IEnumerable<KeyMistake> Mistakes()
    {
        var places = Command.Skip(1).Sum(argument => Count(argument, ClientProcess.Sql) + Count(argument, ClientProcess.File));
        if (Command.Count == 0)
            yield return ("command", "Write the program and its arguments, such as [beeline, -u, jdbc:hive2://hs2:10000, -e, \"{sql}\"].");
        else if (string.IsNullOrWhiteSpace(Command[0]))
            yield return ("command", "The first of the list is the program.");
        else if (places != 1)
            yield return ("command", "Write \"{sql}\" as one argument, where the statement belongs (or \"{file}\" for a file with it), once.");
        else if (HasShell)
            yield return ("command", "A shell would read the statement as words of its own: name the client, or a script that hands on \"$1\".");
        if (Command.Concat(Environment.Keys).Concat(Environment.Values).Any(text => text.Contains('\0', StringComparison.Ordinal)))
            yield return ("command", "Arguments and variables cannot hold NUL.");
        if (Environment.Keys.Any(name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal)))
            yield return ("environment", "The name of a variable is not empty and holds no `=`.");
        foreach (var mistake in Timeouts.Mistakes(("timeout", Timeout)))
            yield return mistake;
    }

    [PlanIgnore]
    internal VolumeDialect Volumes => Dialect == CommandDialect.Spark ? new SparkDialect(HiveDialect.Instance.Mark) : HiveDialect.Instance;

    bool HasShell => Command.Any(argument => Remote.Contains(Path.GetFileName(argument)))
        || (Command.Any(argument => Shells.Contains(Path.GetFileName(argument)))
            && Command.Any(argument => argument is ['-', not '-', ..] && argument.EndsWith('c')));

    static int Count(string text, string word) => text.Split(word).Length - 1;
}

/// <summary>Whose SQL a client takes.</summary>
public enum CommandDialect
{
    Hive,
    Spark,
}
