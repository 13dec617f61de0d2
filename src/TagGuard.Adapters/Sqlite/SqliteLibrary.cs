using System.Runtime.InteropServices;
using SQLitePCL;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The system's own SQLite: patched with the system, unlike a copy in a package.</summary>
static class SqliteLibrary
{
    static readonly string[] Names = OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    static readonly nint Handle = Load();

    /// <summary>Finds the library, once per process.</summary>
    /// <exception cref="SqliteFault">The machine has none.</exception>
    public static void Need()
    {
        if (Handle == nint.Zero)
            throw new SqliteFault(raw.SQLITE_ERROR, $"{Names[0]} is not installed on this machine: apt-get install libsqlite3-0");
    }

    static nint Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
                continue;
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (wanted, _, _) => wanted == "e_sqlite3" ? handle : nint.Zero);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            return handle;
        }
        return nint.Zero;
    }
}
