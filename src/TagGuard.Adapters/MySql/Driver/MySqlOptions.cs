using System.Data.Common;
using System.Globalization;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A connection string, read. Its keys are MySqlConnector's, so that both understand the same string: mysqlconnector.net/connection-options.</summary>
sealed record MySqlOptions
{
    /// <summary>What every session begins with: bad values are refused and not bent, times are UTC, and the server's own settings make no difference.</summary>
    public const string SessionSettings =
        "set time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'";

    static readonly string[] Known =
    [
        "Server", "Port", "Socket", "User ID", "Password", "Database", "SslMode", "SslCa", "ConnectionTimeout", "ReadTimeout", "WriteTimeout",
        "DefaultCommandTimeout", "AllowUserVariables",
    ];

    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 3306;

    /// <summary>The server's unix socket, in place of host and port; or null.</summary>
    public string? Socket { get; init; }

    public string User { get; init; } = "";

    public string? Password { get; init; }

    public string? Database { get; init; }

    /// <summary>Default: verified. On a unix socket always off, for the line does not leave the machine.</summary>
    public TlsMode Tls { get; init; }

    /// <summary>A PEM file of authorities that are trusted; null for the machine's own.</summary>
    public string? TlsCa { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest silence of the server that is waited out; then the connection is lost. Zero waits for ever.</summary>
    public TimeSpan ReadTimeout { get; init; }

    /// <summary>The longest time that sending may stand still. Zero waits for ever.</summary>
    public TimeSpan WriteTimeout { get; init; }

    /// <summary>How long a command may run before it is stopped, in seconds; 0 for no end.</summary>
    public int CommandTimeout { get; init; } = 30;

    /// <summary>Whether `@x` without a parameter of that name is a user variable, not a mistake.</summary>
    public bool AllowUserVariables { get; init; }

    /// <summary>Where the server is, for messages.</summary>
    public string Address => Socket ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <exception cref="ArgumentException">A key or value that is not known; the message shows no value.</exception>
    public static MySqlOptions Parse(string text)
    {
        var options = new MySqlOptions();
        foreach (KeyValuePair<string, object> pair in new DbConnectionStringBuilder { ConnectionString = text })
            options = options.With(pair.Key, (string)pair.Value);
        return options.Socket is null ? options : options with { Tls = TlsMode.Off };
    }

    /// <summary>The text without the password, for whoever asks an open connection.</summary>
    public static string WithoutPassword(string text)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = text };
        builder.Remove("Password");
        return builder.ConnectionString;
    }

    MySqlOptions With(string key, string value) => key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "SERVER" => this with { Host = value },
        "PORT" => this with { Port = Number(key, value) },
        "SOCKET" => this with { Socket = value },
        "USERID" => this with { User = value },
        "PASSWORD" => this with { Password = value },
        "DATABASE" => this with { Database = value },
        "SSLMODE" => this with { Tls = Mode(key, value) },
        "SSLCA" => this with { TlsCa = value },
        "CONNECTIONTIMEOUT" => this with { ConnectTimeout = TimeSpan.FromSeconds(Number(key, value)) },
        "READTIMEOUT" => this with { ReadTimeout = TimeSpan.FromSeconds(Number(key, value)) },
        "WRITETIMEOUT" => this with { WriteTimeout = TimeSpan.FromSeconds(Number(key, value)) },
        "DEFAULTCOMMANDTIMEOUT" => this with { CommandTimeout = Number(key, value) },
        "ALLOWUSERVARIABLES" => this with { AllowUserVariables = bool.TryParse(value, out var allow) ? allow : throw Bad(key, "true or false") },
        _ => throw new ArgumentException($"\"{key}\" is no key of a connection string for MySQL. Known: {string.Join(", ", Known)}."),
    };

    static TlsMode Mode(string key, string value) => value.ToUpperInvariant() switch
    {
        "NONE" => TlsMode.Off,
        "REQUIRED" => TlsMode.Required,
        "VERIFYFULL" => TlsMode.VerifyFull,
        _ => throw Bad(key, "None, Required or VerifyFull"),
    };

    static int Number(string key, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(key, "a whole number");

    static ArgumentException Bad(string key, string expected) => new($"\"{key}\" in the connection string for MySQL must be {expected}.");

    /// <summary>Only the address: a record would print its password.</summary>
    public override string ToString() => Address;
}
