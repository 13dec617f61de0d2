using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>The tables that one test has to itself, whatever they are kept in. They are gone when it is disposed.</summary>
public interface IStoreTables : IAsyncDisposable
{
    /// <summary>Makes the place where the tables will be.</summary>
    ValueTask MakeAsync();

    /// <summary>A store over these tables; again and again, as other processes would.</summary>
    IRunStore Open(TimeProvider clock);

    /// <summary>Rows of a query over the users' own tables, as text: columns parted by `|`, rows by a space.</summary>
    string Look(string sql);

    /// <summary>Changes rows behind the store's back.</summary>
    void Run(string sql);
}
