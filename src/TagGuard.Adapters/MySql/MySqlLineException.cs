using System.Data.Common;

namespace TagGuard.Adapters.MySql;

/// <summary>What is wrong with the line to a server, before or instead of an answer.</summary>
enum LineFault
{
    /// <summary>There is nobody, and may be later.</summary>
    Absent,

    /// <summary>It does not answer, and may later.</summary>
    Silent,

    /// <summary>It is not, or not as, encrypted as was asked for.</summary>
    Tls,

    /// <summary>The user's way to log in is not possible on this line.</summary>
    Login,

    /// <summary>More is to be sent at once than it takes.</summary>
    TooLarge,
}

/// <summary>The line to a server failed in a way for which the driver has no number of its own.</summary>
/// <param name="kind">In which way.</param>
/// <param name="message">What happened and what to do, without the server's name.</param>
/// <param name="inner">What the driver said.</param>
sealed class MySqlLineException(LineFault kind, string message, Exception? inner = null) : DbException(message, inner)
{
    public LineFault Kind => kind;

    public override bool IsTransient => kind is LineFault.Absent or LineFault.Silent;
}
