using System.Runtime.InteropServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The functions of MariaDB Connector/C that are used here, as declared in its mysql.h: mariadb.com/docs/connectors/mariadb-connector-c.</summary>
/// <remarks>Not one of them may run while another does on the same connection: see <see cref="ConnectionHandle.Take"/>.</remarks>
static unsafe partial class Native
{
    internal const string Library = "libmariadb.so.3";
    const string System = "libc";

    /// <summary>mysql_stmt_fetch: after the last row.</summary>
    internal const int NoData = 100;

    /// <summary>mysql_stmt_fetch: a row, some value of which is longer than its buffer.</summary>
    internal const int Truncated = 101;

    [LibraryImport(Library)] internal static partial int mysql_server_init(int argumentCount, nint arguments, nint groups);
    [LibraryImport(Library)] internal static partial nint mysql_init(nint none);
    [LibraryImport(Library)] internal static partial int mysql_options(ConnectionHandle connection, Option option, void* value);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint mysql_real_connect(
        ConnectionHandle connection, string? host, string? user, string? password, string? database, uint port, string? socket, ClientFlags flags);
    [LibraryImport(Library)] internal static partial void mysql_close(nint connection);
    [LibraryImport(Library)] internal static partial int mysql_real_query(ConnectionHandle connection, byte* sql, nuint length);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int mysql_select_db(ConnectionHandle connection, string database);
    [LibraryImport(Library)] internal static partial uint mysql_errno(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial nint mysql_error(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial nint mysql_sqlstate(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial nuint mysql_thread_id(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial int mysql_get_socket(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial nint mysql_get_server_info(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial nint mysql_get_ssl_cipher(ConnectionHandle connection);

    [LibraryImport(Library)] internal static partial nint mysql_stmt_init(ConnectionHandle connection);
    [LibraryImport(Library)] internal static partial int mysql_stmt_prepare(StatementHandle statement, byte* sql, nuint length);
    [LibraryImport(Library)] internal static partial nuint mysql_stmt_param_count(StatementHandle statement);
    [LibraryImport(Library)] internal static partial byte mysql_stmt_bind_param(StatementHandle statement, Bind* values);
    [LibraryImport(Library)] internal static partial int mysql_stmt_execute(StatementHandle statement);
    [LibraryImport(Library)] internal static partial uint mysql_stmt_field_count(StatementHandle statement);
    [LibraryImport(Library)] internal static partial Field* mariadb_stmt_fetch_fields(StatementHandle statement);
    [LibraryImport(Library)] internal static partial byte mysql_stmt_bind_result(StatementHandle statement, Bind* columns);
    [LibraryImport(Library)] internal static partial int mysql_stmt_fetch(StatementHandle statement);
    [LibraryImport(Library)] internal static partial int mysql_stmt_fetch_column(StatementHandle statement, Bind* column, uint number, nuint offset);
    [LibraryImport(Library)] internal static partial ulong mysql_stmt_affected_rows(StatementHandle statement);
    [LibraryImport(Library)] internal static partial ulong mysql_stmt_insert_id(StatementHandle statement);
    [LibraryImport(Library)] internal static partial byte mysql_stmt_more_results(StatementHandle statement);
    [LibraryImport(Library)] internal static partial int mysql_stmt_next_result(StatementHandle statement);
    [LibraryImport(Library)] internal static partial byte mysql_stmt_free_result(StatementHandle statement);
    [LibraryImport(Library)] internal static partial byte mysql_stmt_close(nint statement);
    [LibraryImport(Library)] internal static partial uint mysql_stmt_errno(StatementHandle statement);
    [LibraryImport(Library)] internal static partial nint mysql_stmt_error(StatementHandle statement);
    [LibraryImport(Library)] internal static partial nint mysql_stmt_sqlstate(StatementHandle statement);

    [LibraryImport(System)] internal static partial int pthread_sigmask(int how, SignalSet* wanted, SignalSet* before);
    [LibraryImport(System)] internal static partial int dup(int descriptor);
    [LibraryImport(System)] internal static partial int shutdown(int socket, int how);
    [LibraryImport(System)] internal static partial int close(int descriptor);

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
}
