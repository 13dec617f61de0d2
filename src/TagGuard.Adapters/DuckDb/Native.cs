using System.Reflection;
using System.Runtime.InteropServices;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The functions of DuckDB's C API that are used here, as declared in its duckdb.h: duckdb.org/docs/stable/clients/c/api.</summary>
static unsafe partial class Native
{
    const string Library = "duckdb";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>duckdb_result: filled by the library, passed back to it, never read here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        readonly nint _columnCount, _rowCount, _rowsChanged, _columns, _errorMessage, _internal;
    }

    [LibraryImport(Library)] internal static partial int duckdb_create_config(out nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_set_config(nint config, string name, string option);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_config(ref nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_open_ext(string? path, out nint database, nint config, out nint error);
    [LibraryImport(Library)] internal static partial void duckdb_close(ref nint database);
    [LibraryImport(Library)] internal static partial int duckdb_connect(nint database, out nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_disconnect(ref nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_interrupt(nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_free(nint memory);

    [LibraryImport(Library)] internal static partial int duckdb_prepare(nint connection, byte* sql, out nint statement);
    [LibraryImport(Library)] internal static partial int duckdb_prepared_statement_type(nint statement);
    [LibraryImport(Library)] internal static partial nint duckdb_prepare_error(nint statement);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_prepare(ref nint statement);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_bind_parameter_index(nint statement, out ulong index, string name);
    [LibraryImport(Library)] internal static partial int duckdb_bind_varchar_length(nint statement, ulong index, byte* text, ulong length);
    [LibraryImport(Library)] internal static partial int duckdb_bind_date(nint statement, ulong index, int daysSince1970);

    [LibraryImport(Library)] internal static partial int duckdb_pending_prepared_streaming(nint statement, out nint pending);
    [LibraryImport(Library)] internal static partial nint duckdb_pending_error(nint pending);
    [LibraryImport(Library)] internal static partial int duckdb_execute_pending(nint pending, out Result result);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)] internal static partial nint duckdb_result_error(in Result result);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_result(ref Result result);
    [LibraryImport(Library)] internal static partial ulong duckdb_column_count(in Result result);
    [LibraryImport(Library)] internal static partial nint duckdb_column_logical_type(in Result result, ulong column);
    [LibraryImport(Library)] internal static partial nint duckdb_fetch_chunk(Result result);

    [LibraryImport(Library)] internal static partial void duckdb_destroy_data_chunk(ref nint chunk);
    [LibraryImport(Library)] internal static partial ulong duckdb_data_chunk_get_size(nint chunk);
    [LibraryImport(Library)] internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
    [LibraryImport(Library)] internal static partial nint duckdb_vector_get_data(nint vector);
    [LibraryImport(Library)] internal static partial ulong* duckdb_vector_get_validity(nint vector);
    [LibraryImport(Library)] internal static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport(Library)] internal static partial DuckDbType duckdb_get_type_id(nint type);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)] internal static partial nint duckdb_create_logical_type(DuckDbType type);
    [LibraryImport(Library)] internal static partial nint duckdb_create_list_type(nint child);
    [LibraryImport(Library)] internal static partial nint duckdb_create_scalar_function();
    [LibraryImport(Library)] internal static partial void duckdb_destroy_scalar_function(ref nint function);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_scalar_function_set_name(nint function, string name);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_add_parameter(nint function, nint type);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_set_return_type(nint function, nint type);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_set_volatile(nint function);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_set_special_handling(nint function);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_set_extra_info(nint function, nint extra, delegate* unmanaged[Cdecl]<nint, void> destroy);
    [LibraryImport(Library)] internal static partial void duckdb_scalar_function_set_function(nint function, delegate* unmanaged[Cdecl]<nint, nint, nint, void> call);
    [LibraryImport(Library)] internal static partial int duckdb_register_scalar_function(nint connection, nint function);
    [LibraryImport(Library)] internal static partial nint duckdb_scalar_function_get_extra_info(nint info);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_scalar_function_set_error(nint info, string message);

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>Beside the program; or, in a build tree, where the setup script put the npm package.</summary>
    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        const string file = "libduckdb.so";
        var beside = Path.Combine(AppContext.BaseDirectory, file);
        if (File.Exists(beside))
            return NativeLibrary.Load(beside);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "artifacts", "native", "node_modules", "@duckdb", "node-bindings-linux-x64", file);
            if (File.Exists(built))
                return NativeLibrary.Load(built);
        }
        throw new DllNotFoundException($"{file} is neither at {beside} nor in artifacts/native: start with ./tagguard, which installs it.");
    }
}

/// <summary>duckdb_type: the ids of types, as numbered in duckdb.h.</summary>
enum DuckDbType
{
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    Time = 14,
    HugeInt = 16,
    Varchar = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMillis = 21,
    TimestampNanos = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    Map = 26,
    Uuid = 27,
    TimestampTz = 31,
}
