using System.Data.Common;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The server, or the way to it, refused or failed. The message says which server, what, and what to do; it never holds a password.</summary>
sealed class MySqlException : DbException
{
    /// <param name="errorNumber">The server's number (1000 on, mysqld_error.h) or the library's (2000 on, errmsg.h).</param>
    /// <param name="sqlState">Five letters of the SQL standard, or nothing.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="inner">What it came of, or null.</param>
    public MySqlException(int errorNumber, string sqlState, string message, Exception? inner = null)
        : base(message, inner)
    {
        HResult = ErrorNumber = errorNumber;
        SqlState = sqlState;
        // Where other providers for MySQL keep it, for code that knows only DbException.
        Data["Server Error Code"] = errorNumber;
    }

    public int ErrorNumber { get; }

    public override string SqlState { get; }

    /// <summary>Whether the same may succeed a little later, on a new connection.</summary>
    public override bool IsTransient => MySqlErrors.IsTransient(ErrorNumber);
}
