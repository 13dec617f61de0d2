using MySqlConnector;

namespace TagGuard.Adapters.MySql;

/// <summary>Numbers without a name in <see cref="MySqlErrorCode"/>: mariadb.com/kb/en/mariadb-error-codes, MySQL's server error reference.</summary>
static class ErrorCodes
{
    /// <summary>EE_WRITE of the server's file system: no space left.</summary>
    public const MySqlErrorCode CannotWriteFile = (MySqlErrorCode)3;

    public const MySqlErrorCode AccessDeniedWithoutPassword = (MySqlErrorCode)1698;
    public const MySqlErrorCode ServerIsReadOnly = (MySqlErrorCode)1836;

    /// <summary>MariaDB's word for `kill connection`.</summary>
    public const MySqlErrorCode ConnectionWasKilled = (MySqlErrorCode)1927;

    /// <summary>MariaDB's `max_statement_time`; MySQL's `max_execution_time` is <see cref="MySqlErrorCode.QueryTimeout"/>.</summary>
    public const MySqlErrorCode StatementTimeout = (MySqlErrorCode)1969;

    public const MySqlErrorCode ServerIsNotReady = (MySqlErrorCode)3168;
    public const MySqlErrorCode LockNotTaken = (MySqlErrorCode)3572;
    public const MySqlErrorCode CannotConvertLetters = (MySqlErrorCode)3988;
}
