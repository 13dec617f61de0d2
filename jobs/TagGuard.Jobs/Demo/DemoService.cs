using MySqlConnector;
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
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var name = server.Database.Replace("`", "``", StringComparison.Ordinal);
        await (server with { Database = "information_schema" }).UseAsync(
            folder,
            connection => RunAsync(connection, null, $"create database if not exists `{name}` character set utf8mb4", cancellationToken),
            cancellationToken);
        var tables = await File.ReadAllTextAsync(warehouse.ServiceTables, cancellationToken);
        await server.UseAsync(folder, async connection =>
        {
            foreach (var statement in tables.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
                await RunAsync(connection, null, statement, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Copies every table; of the largest only a date, if one is given.</summary>
    /// <exception cref="StoreException">The server broke off.</exception>
    public Task SyncAsync(DateOnly? date, CancellationToken cancellationToken) =>
        server.UseAsync(
            folder,
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                using var session = new DuckDbScripts(DemoWarehouse.Memory);
                session.Execute(
                    $"ATTACH '{warehouse.Service.Replace("'", "''", StringComparison.Ordinal)}' AS service (READ_ONLY)",
                    cancellationToken);
                foreach (var table in Tables)
                {
                    var where = date is { } day && table == ByDate ? $" where data_date = date '{day:yyyy-MM-dd}'" : "";
                    await RunAsync(connection, transaction, $"delete from {table}{where}", cancellationToken);
                    await CopyAsync(session, connection, transaction, table, where, cancellationToken);
                }
                await transaction.CommitAsync(cancellationToken);
            },
            cancellationToken);

    static async Task CopyAsync(
        DuckDbScripts session,
        MySqlConnection connection,
        MySqlTransaction transaction,
        string table,
        string where,
        CancellationToken cancellationToken)
    {
        var columns = session
            .Rows(
                $"select column_name from duckdb_columns() where database_name = 'service' and table_name = '{table}' order by column_index",
                cancellationToken)
            .Select(row => (string)row[0]!)
            .ToList();
        await using var insert = await MultiRowInsert.BeginAsync(connection, transaction, table, columns, [], cancellationToken);
        foreach (var row in session.Rows($"select * from service.{table}{where}", cancellationToken))
            await insert.AddAsync(row, cancellationToken);
        await insert.EndAsync(cancellationToken);
    }

    static async Task RunAsync(MySqlConnection connection, MySqlTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
