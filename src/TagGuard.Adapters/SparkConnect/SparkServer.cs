namespace TagGuard.Adapters.SparkConnect;

/// <summary>Where a server is and how it is reached: all that messages need, and nothing secret.</summary>
/// <param name="Address">Host and port.</param>
/// <param name="User">Whom the session is for.</param>
/// <param name="Tls">Whether the line is encrypted, and the server's certificate verified.</param>
/// <param name="TlsCa">The full path of the file of authorities; null for the machine's own.</param>
/// <param name="ConnectTimeout">How long the first answer may take.</param>
/// <param name="ReadTimeout">How long one statement may take.</param>
sealed record SparkServer(string Address, string User, bool Tls, string? TlsCa, TimeSpan ConnectTimeout, TimeSpan ReadTimeout);
