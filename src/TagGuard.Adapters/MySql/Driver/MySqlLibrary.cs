using System.Runtime.InteropServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The system's own MariaDB Connector/C: patched with the system.</summary>
static class MySqlLibrary
{
    static readonly bool IsThere = Load();

    /// <summary>Finds the library and makes it ready, once per process.</summary>
    /// <exception cref="MySqlException">The machine has none.</exception>
    public static void Need()
    {
        if (!IsThere)
            throw new MySqlException(0, "", $"{Native.Library} is not on this machine. Install libmariadb3 (apt-get install libmariadb3).");
    }

    static bool Load() => NativeLibrary.TryLoad(Native.Library, out _) && Native.mysql_server_init(0, 0, 0) == 0;
}
