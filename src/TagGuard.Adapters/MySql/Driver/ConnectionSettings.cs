using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>What the library is told before it connects.</summary>
static unsafe class ConnectionSettings
{
    const uint Tcp = 1;
    const uint UnixSocket = 2;

    public static void Apply(ConnectionHandle connection, MySqlOptions options)
    {
        Set(connection, Option.ConnectTimeout, Seconds(options.ConnectTimeout));
        Set(connection, Option.ReadTimeout, Seconds(options.ReadTimeout));
        Set(connection, Option.WriteTimeout, Seconds(options.WriteTimeout));
        Set(connection, Option.LocalInfile, 0);
        Set(connection, Option.CharacterSet, "utf8mb4");
        Set(connection, Option.InitCommand, MySqlOptions.SessionSettings);
        Set(connection, Option.Protocol, options.Socket is null ? Tcp : UnixSocket);
        Set(connection, Option.EnforceTls, options.Tls == TlsMode.Off ? 0u : 1u);
        Set(connection, Option.VerifyServerCertificate, options.Tls == TlsMode.VerifyFull ? 1u : 0u);
        Set(connection, Option.TlsVersion, "TLSv1.2,TLSv1.3");
        if (options.TlsCa is { } file)
            Set(connection, Option.CertificateAuthorities, file);
        // Whoever may read the line, or may pretend to be the server, is not told the password.
        if (options.Socket is null && options.Tls != TlsMode.VerifyFull)
            Set(connection, Option.RestrictedAuthentication, "mysql_native_password,caching_sha2_password,client_ed25519,sha256_password");
    }

    static uint Seconds(TimeSpan time) => (uint)Math.Ceiling(time.TotalSeconds);

    static void Set(ConnectionHandle connection, Option option, uint value) => _ = Native.mysql_options(connection, option, &value);

    static void Set(ConnectionHandle connection, Option option, string value)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(value + "\0"))
            _ = Native.mysql_options(connection, option, text);
    }
}
