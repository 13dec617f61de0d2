using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// A function that SQL calls with whole chunks, on DuckDB's own threads and in its own memory: what is counted there is never copied.
/// duckdb.org/docs/stable/clients/c/api#scalar-functions.
/// </summary>
/// <param name="name">Its name in SQL.</param>
/// <param name="parameters">Types of its parameters; <see cref="DuckDBType.List"/> is a list of texts.</param>
/// <param name="returns">BigInt or UnsignedBigInt.</param>
/// <param name="take">Takes a chunk, and fills in the result of each row, which is 0 before.
/// Called by several threads at once, with different chunks.</param>
sealed unsafe class ChunkFunction(string name, DuckDBType[] parameters, DuckDBType returns, ChunkTaker take)
{
    /// <exception cref="DuckDbException">The name is taken.</exception>
    public void RegisterOn(DuckDBNativeConnection connection)
    {
        var function = ScalarFunction.DuckDBCreateScalarFunction();
        ScalarFunction.DuckDBScalarFunctionSetName(function, name);
        foreach (var parameter in parameters)
        {
            using var type = TypeOf(parameter);
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, type);
        }
        using var returned = TypeOf(returns);
        ScalarFunction.DuckDBScalarFunctionSetReturnType(function, returned);
        // Volatile, or equal arguments would be counted once; special handling, or rows with a null would be left out.
        ScalarFunction.DuckDBScalarFunctionSetVolatile(function);
        ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
        ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, GCHandle.ToIntPtr(GCHandle.Alloc(take)), &Forget);
        ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Call);
        var state = ScalarFunction.DuckDBRegisterScalarFunction(connection, function);
        ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        if (!state.IsSuccess())
            throw new DuckDbException($"The function {name} could not be registered.", "");
    }

    static DuckDBLogicalType TypeOf(DuckDBType id)
    {
        if (id != DuckDBType.List)
            return LogicalType.DuckDBCreateLogicalType(id);
        using var text = LogicalType.DuckDBCreateLogicalType(DuckDBType.Varchar);
        return LogicalType.DuckDBCreateListType(text);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Call(nint info, nint input, nint output)
    {
        // No exception may cross into DuckDB: it becomes the query's error.
        try
        {
            var take = (ChunkTaker)GCHandle.FromIntPtr(ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
            // Made from a pointer, it does not own the chunk, which stays DuckDB's.
            using var chunk = new DuckDbChunk(new DuckDBDataChunk(input));
            var results = new Span<ulong>(Vectors.DuckDBVectorGetData(output), chunk.Rows);
            results.Clear();
            take(chunk, results);
        }
        catch (Exception fault)
        {
            ScalarFunction.DuckDBScalarFunctionSetError(info, fault.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Forget(nint extra) => GCHandle.FromIntPtr(extra).Free();
}

/// <summary>What a function does with a chunk, and the results of its rows.</summary>
delegate void ChunkTaker(DuckDbChunk chunk, Span<ulong> results);
