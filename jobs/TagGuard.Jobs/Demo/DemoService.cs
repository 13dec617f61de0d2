using System.Data.Common;
using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.MySql;
using TagGuard.Storage;

namespace TagGuard.Jobs.Demo;

/// <summary>What the services read and the schedulers log, on MySQL: copied there from the warehouse's side, as a night's sync does.</summary>
/// <param name="warehouse">Whose service it is.</param>
/// <param name="server">The plan's server, in whose database the tables are.</param>
/// <param name="folder">The folder of the plan.</param>
sealed class DemoService(DemoWarehouse warehouse, MySqlConnectionPlan server, string folder)
{
    static readonly string[] Tables = ["t_sys_log", "t_step_log", "t_tag", "userprofile_offline"];

    /// <summary>The largest table: of a day that changed, only that day is copied.</summary>
    const string ByDate = "userprofile_offline";

    /// <summary>Creates the database and the tables, those that an earlier demo left replaced.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or the user may not.</exception>
    public Task CreateAsync(CancellationToken cancellationToken) => TellingAsync(async () =>
    {
        await using (var connection = await (server with { Database = "information_schema" }).ConnectAsync(folder, cancellationToken))
            await RunAsync(connection, $"create database if not exists `{server.Database.Replace("`", "``", StringComparison.Ordinal)}` character set utf8mb4", cancellationToken);
        await using var tables = await server.ConnectAsync(folder, cancellationToken);
        foreach (var statement in (await File.ReadAllTextAsync(warehouse.ServiceTables, cancellationToken)).Split(";\n", StringSplitOptions.RemoveEmptyEntries))
            await RunAsync(tables, statement, cancellationToken);
    });

    /// <summary>Copies every table; of the largest only a date, if one is given.</summary>
    /// <exception cref="StoreException">The server broke off.</exception>
    public Task SyncAsync(DateOnly? date, CancellationToken cancellationToken) => TellingAsync(async () =>
    {
        await using var connection = await server.ConnectAsync(folder, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        using var session = new DuckDbScripts(DemoWarehouse.Memory);
        session.Execute($"ATTACH '{warehouse.Service.Replace("'", "''", StringComparison.Ordinal)}' AS service (READ_ONLY)", cancellationToken);
        foreach (var table in Tables)
        {
            var where = date is { } day && table == ByDate ? $" where data_date = date '{day:yyyy-MM-dd}'" : "";
            await RunAsync(connection, $"delete from {table}{where}", cancellationToken);
            await CopyAsync(session, connection, transaction, table, where, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    });

    static async Task CopyAsync(DuckDbScripts session, DbConnection connection, DbTransaction transaction, string table, string where, CancellationToken cancellationToken)
    {
        var columns = session.Rows($"select column_name from duckdb_columns() where database_name = 'service' and table_name = '{table}' order by column_index", cancellationToken)
            .Select(row => (string)row[0]!).ToList();
        await using var insert = await MultiRowInsert.BeginAsync(connection, transaction, table, columns, [], cancellationToken);
        foreach (var row in session.Rows($"select * from service.{table}{where}", cancellationToken))
            await insert.AddAsync(row, cancellationToken);
        await insert.EndAsync(cancellationToken);
    }

    static async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task TellingAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException fault)
        {
            throw new StoreException(fault.Message, fault);
        }
    }
}
