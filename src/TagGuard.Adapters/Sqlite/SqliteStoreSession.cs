using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The tables in an open SQLite file. All that use the file are on this machine, and have its clock.</summary>
sealed class SqliteStoreSession(SqliteDatabase database, TimeProvider clock) : StoreSession
{
    public SqliteDatabase Database => database;

    public override DateTimeOffset Now => clock.GetUtcNow();

    public override long LastId => database.LastId;

    public override StoreStatement Query(string name) => database.Query(name);

    public override StoreStatement Prepare(string sql) => database.Prepare(sql);

    public override StoreStatement Rows(string name) => database.Query(name);

    public override VolumeRows Volumes(VolumesOf of) => new SqliteVolumes(this, of);

    // No column that refers to a run or an incident has an index: each row that went would be looked for in all of the others.
    public override void TrustReferences() => database.Execute("pragma foreign_keys = off");

    /// <summary>SQLite has one writer at a time, whatever it writes about.</summary>
    public override StoreTransaction BeginWrite(string plan, DateOnly date) => database.BeginWrite();

    public override StoreTransaction BeginRead() => database.BeginRead();

    public override void Dispose() => database.Dispose();
}
