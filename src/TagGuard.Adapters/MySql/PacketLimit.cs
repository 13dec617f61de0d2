using System.Globalization;
using System.Text;
using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>What a server takes at once. It hangs up on more, and why is often lost on the way: so more is not sent.</summary>
static class PacketLimit
{
    /// <summary>Bytes that the packets of every server have room for.</summary>
    public const int FitsAny = 8 * 1024;

    /// <summary>Its max_allowed_packet.</summary>
    public static async Task<long> AskAsync(MySqlConnection connection, MySqlTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("select @@max_allowed_packet", connection, transaction);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <exception cref="MySqlLineException">It is more.</exception>
    public static void Refuse(long bytes, long limit)
    {
        if (bytes <= limit)
            return;
        var told = string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes are to be sent at once, and its max_allowed_packet is {limit:N0}.");
        throw new MySqlLineException(LineFault.TooLarge, $"{told} A value or a batch is larger than the server takes: raise its max_allowed_packet.");
    }

    /// <summary>Bytes of a value that is sent; of numbers and times none, for they are short.</summary>
    public static long BytesOf(object? value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        ReadOnlyMemory<byte> bytes => bytes.Length,
        _ => 0,
    };
}
