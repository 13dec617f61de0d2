using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Plans;

/// <summary>How one system is reached; `type` in the plan chooses the record. Secrets
/// come from ${env:…} or ${file:…} and are never printed.</summary>
public abstract record ConnectionPlan
{
    /// <summary>The capabilities (interfaces derived from <see cref="ISource"/>) of the source this opens.</summary>
    [PlanIgnore]
    public abstract IReadOnlyList<Type> Capabilities { get; }

    /// <summary>Whether it can hold the monitoring tables; such a connection can open them as a store, too.</summary>
    [PlanIgnore]
    public virtual bool HoldsTables => false;

    /// <summary>Opens the source. Touches no network and no file: the first question does.</summary>
    /// <param name="name">The connection's name in the plan.</param>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    /// <param name="clock">The clock.</param>
    public abstract ISource Open(string name, string folder, TimeProvider clock);

    /// <summary>Why SQL of the plan cannot be a query here, as a sentence with the cure; null
    /// when it can, as far as is known without asking the system.</summary>
    public virtual string? MistakeIn(string sql) => null;

    /// <summary>What cannot be asked of a part of a table here: keys of the part, each with the cure.</summary>
    public virtual IEnumerable<KeyMistake> Refuses(TablePart part)
    {
        if (part.Scan is not null)
            yield return ("scan", "Rows by their keys are those of a connection of type hbase-rest: limit these with `where`.");
        if (part.Csv is not null)
            yield return ("csv", "How a CSV file is written matters for a connection of type files, sftp, ftp or webhdfs: take it out.");
    }

    /// <summary>Only the type's name: a record would print its password.</summary>
    public sealed override string ToString() => GetType().Name;
}
