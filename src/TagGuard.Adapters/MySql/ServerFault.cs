using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Adapters.MySql;

/// <summary>What an exception says about the server, whoever's provider threw it. Providers wrap: the number, or the broken line, may be an inner one's.</summary>
static class ServerFault
{
    /// <summary>Where every provider for MySQL keeps the server's number.</summary>
    const string NumberKey = "Server Error Code";

    /// <summary>The server's number, or the client's (2000 on); 0 when there is none.</summary>
    public static int NumberOf(Exception fault) => NumberIn(Numbered(fault));

    /// <summary>Whether the same may succeed a little later. Providers that are older than <see cref="DbException.IsTransient"/> do not say so themselves.</summary>
    public static bool IsTransient(Exception fault) =>
        Chain(fault).Any(one => one is DbException { IsTransient: true } or SocketException or EndOfStreamException) || MySqlErrors.IsTransient(NumberOf(fault));

    /// <summary>Server, what happened, what to do.</summary>
    /// <param name="fault">What a provider threw.</param>
    /// <param name="server">Where it was asked.</param>
    public static string Sentence(DbException fault, MySqlOptions server) => fault is MySqlException
        ? fault.Message
        : MySqlErrors.Sentence(server, NumberOf(fault), (Numbered(fault) ?? Chain(fault).Last()).Message);

    static Exception? Numbered(Exception fault) => Chain(fault).FirstOrDefault(one => NumberIn(one) != 0);

    static int NumberIn(Exception? fault) => fault?.Data[NumberKey] is { } number ? Convert.ToInt32(number, CultureInfo.InvariantCulture) : 0;

    static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
            yield return one;
    }
}
