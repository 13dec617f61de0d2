using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>One connection to the tables, used by one thread at a time: all that differs between the databases that can hold them.</summary>
/// <remarks>Calls wait on their thread. Where a database's calls are asynchronous that costs
/// a thread of the pool, and rows are read at full speed.</remarks>
abstract class StoreSession : IDisposable
{
    /// <summary>The time by which runs give signs of life, UTC: one clock for all that share the tables.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The id that the last insert was given.</summary>
    public abstract long LastId { get; }

    /// <summary>Prepares a statement of the database's folder `queries`.</summary>
    public abstract StoreStatement Query(string name);

    /// <summary>Prepares a statement that every database understands.</summary>
    public abstract StoreStatement Prepare(string sql);

    /// <summary>Prepares an insert of one row for many: rows may wait for others until <see cref="StoreStatement.End"/>.</summary>
    public abstract StoreStatement Rows(string name);

    /// <summary>Begins to write the volumes of a check and date, in place of those that are there.</summary>
    public abstract VolumeRows Volumes(VolumesOf of);

    /// <summary>From now on, rows that are taken away are not looked for in those that could refer to them: whoever calls this takes these
    /// away as well.</summary>
    public virtual void TrustReferences()
    {
    }

    /// <summary>Begins to write about a plan and date: waits for others that do so now, not in the middle.</summary>
    public abstract StoreTransaction BeginWrite(string plan, DateOnly date);

    /// <summary>Begins to read: everything until the end is of one moment.</summary>
    public abstract StoreTransaction BeginRead();

    public abstract void Dispose();
}

/// <summary>A transaction: undone unless committed.</summary>
abstract class StoreTransaction : IDisposable
{
    public abstract void Commit();

    public abstract void Dispose();
}

/// <summary>Whose volumes are written.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Check">Name of the check.</param>
/// <param name="Date">The business date.</param>
/// <param name="Dimension">What the tags are of.</param>
/// <param name="Run">The run that measured them.</param>
/// <param name="Stage">The saved stage that they belong to.</param>
/// <param name="Count">How many there will be.</param>
sealed record VolumesOf(string Plan, string Check, DateOnly Date, string Dimension, long Run, long Stage, int Count);

/// <summary>Writes the volumes of a check and date.</summary>
abstract class VolumeRows : IDisposable
{
    public abstract void Add(string tag, double count, double? shareOfTotal, double? shareOfActive, bool isAccepted);

    /// <summary>To be called after the last one.</summary>
    /// <exception cref="StoreException">The table cannot tell two of the tags apart.</exception>
    public abstract void End();

    public abstract void Dispose();
}
