using TagGuard.Adapters.Files;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sqlite;

/// <summary>A SQLite file that is asked: opened for each question, for reading only, whatever the SQL says.</summary>
/// <param name="path">The file.</param>
/// <param name="patience">How long to wait while another process writes.</param>
sealed class SqliteWire(string path, TimeSpan patience) : ISqlWire<SqliteSession>
{
    public string Address => path;

    public SqlDialect Dialect => SqliteDialect.Instance;

    /// <summary>On a thread of the pool, for SQLite's calls block.</summary>
    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<SqliteSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Ask(ask, cancellationToken), cancellationToken);
        }
        catch (SqliteFault fault) when (fault.IsInterrupted && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
        catch (SqliteFault fault)
        {
            throw new SqlFault(fault.Cure(path), fault) { IsTransient = fault.IsBusy, IsWrongQuestion = fault.IsWrongQuestion };
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task<T> Ask<T>(Func<SqliteSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new SqlFault("The file is not there. Correct `path` of the connection in the plan.");
        if (FileStatus.Of(path).Kind == FileKind.Special)
            throw new SqlFault("It is not a regular file but a pipe, a device or a socket. Correct `path` of the connection in the plan.");
        using var database = SqliteDatabase.Open(path, Access.Read, patience);
        using var breakOff = database.BreakOffOn(cancellationToken);
        return await ask(new SqliteSession(database));
    }
}
