using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// A function that SQL calls with whole chunks, on DuckDB's own threads and in its own memory: what is counted there is never copied.
/// duckdb.org/docs/stable/clients/c/api#scalar-functions.
/// </summary>
/// <param name="name">Its name in SQL.</param>
/// <param name="parameters">Types of its parameters; <see cref="DuckDbType.List"/> is a list of texts.</param>
/// <param name="returns">BigInt or UBigInt.</param>
/// <param name="take">Takes a chunk, and fills in the result of each row, which is 0 before. Called by several threads at once, with different chunks.</param>
sealed unsafe class ChunkFunction(string name, DuckDbType[] parameters, DuckDbType returns, ChunkTaker take)
{
    /// <exception cref="DuckDbException">The name is taken.</exception>
    public void RegisterOn(ConnectionHandle connection)
    {
        var function = Native.duckdb_create_scalar_function();
        Native.duckdb_scalar_function_set_name(function, name);
        foreach (var parameter in parameters)
            WithType(parameter, type => Native.duckdb_scalar_function_add_parameter(function, type));
        WithType(returns, type => Native.duckdb_scalar_function_set_return_type(function, type));
        // Volatile, or equal arguments would be counted once; special handling, or rows with a null would be left out.
        Native.duckdb_scalar_function_set_volatile(function);
        Native.duckdb_scalar_function_set_special_handling(function);
        Native.duckdb_scalar_function_set_extra_info(function, GCHandle.ToIntPtr(GCHandle.Alloc(take)), &Forget);
        Native.duckdb_scalar_function_set_function(function, &Call);
        var state = Native.duckdb_register_scalar_function(connection.DangerousGetHandle(), function);
        Native.duckdb_destroy_scalar_function(ref function);
        if (state != 0)
            throw new DuckDbException($"The function {name} could not be registered.", "");
    }

    static void WithType(DuckDbType id, Action<nint> use)
    {
        var text = Native.duckdb_create_logical_type(id == DuckDbType.List ? DuckDbType.Varchar : id);
        var type = id == DuckDbType.List ? Native.duckdb_create_list_type(text) : text;
        use(type);
        if (type != text)
            Native.duckdb_destroy_logical_type(ref type);
        Native.duckdb_destroy_logical_type(ref text);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Call(nint info, nint input, nint output)
    {
        // No exception may cross into DuckDB: it becomes the query's error.
        try
        {
            var take = (ChunkTaker)GCHandle.FromIntPtr(Native.duckdb_scalar_function_get_extra_info(info)).Target!;
            var chunk = DuckDbChunk.Borrowed(input);
            var results = new Span<ulong>((void*)Native.duckdb_vector_get_data(output), chunk.Rows);
            results.Clear();
            take(chunk, results);
        }
        catch (Exception fault)
        {
            Native.duckdb_scalar_function_set_error(info, fault.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Forget(nint extra) => GCHandle.FromIntPtr(extra).Free();
}

/// <summary>What a function does with a chunk, and the results of its rows.</summary>
delegate void ChunkTaker(DuckDbChunk chunk, Span<ulong> results);
