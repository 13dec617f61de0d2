namespace TagGuard.Adapters.MySql;

/// <summary>Where a server is and how it is reached: all that messages need, and nothing secret.</summary>
/// <param name="Address">Host and port, or the unix socket.</param>
/// <param name="Host">The host that its certificate must be for; null with a unix socket.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The user.</param>
/// <param name="Tls">How much the line is to be trusted.</param>
/// <param name="TlsCa">The full path of the file of authorities; null for the machine's own.</param>
/// <param name="ReadTimeout">How long one statement may take.</param>
/// <param name="WriteTimeout">How much longer when it is long itself.</param>
sealed record MySqlServer(
    string Address, string? Host, string Database, string User, TlsMode Tls, string? TlsCa, TimeSpan ReadTimeout, TimeSpan WriteTimeout);
