using SQLitePCL;
using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>SQLite answered with an error. Never leaves this folder: the store and the source put it in their own words.</summary>
/// <param name="code">The primary result code, sqlite.org/rescode.html.</param>
/// <param name="message">SQLite's own words.</param>
sealed class SqliteFault(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public bool IsInterrupted => Code == raw.SQLITE_INTERRUPT;

    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>The text held more than the one statement that was prepared.</summary>
    public bool IsMoreThanOne => Code == raw.SQLITE_MISUSE;

    /// <summary>A column or table that is not there, or no SQL: SQLite has one number for them, and few other faults have it.</summary>
    public bool IsWrongQuestion => Code == raw.SQLITE_ERROR;

    /// <summary>What to do about it, for whoever has the file.</summary>
    public string Cure(string path) => Code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"{path} is locked by another process. `fuser {path}` names it; wait for it or stop it, then run this again.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM =>
            $"{path} cannot be written. Make the file and its folder writable for this user; SQLite keeps two more files beside it.",
        raw.SQLITE_FULL =>
            $"The disk that holds {path} is full. Make room, then run this again: nothing was half written.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"{path} is damaged, or no SQLite file ({Message}). Restore it from a backup, or move it away and run `tagguard init`.",
        raw.SQLITE_CANTOPEN =>
            $"{path} cannot be opened. Check that the file is there, and that this user may read and write it and its folder.",
        raw.SQLITE_IOERR =>
            $"{path} cannot be read or written ({Message}). Look at the disk: free room, quota, mount.",
        _ => $"{path}: {Message}.",
    };

    public StoreException ForStore(string path) => new(Cure(path), this) { IsTransient = IsBusy };
}
