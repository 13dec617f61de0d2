using TagGuard.Adapters.Command;
using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Files;
using TagGuard.Adapters.Ftp;
using TagGuard.Adapters.HBase;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Http;
using TagGuard.Adapters.MySql;
using TagGuard.Adapters.Sftp;
using TagGuard.Adapters.SparkConnect;
using TagGuard.Adapters.Sqlite;
using TagGuard.Adapters.WebHdfs;

namespace TagGuard.Adapters;

/// <summary>Every type of connection, by its `type` in the plan.</summary>
/// <remarks>A new type of connection is a folder with its <see cref="Plans.ConnectionPlan"/> record in this project, and its line here.</remarks>
public static class Connections
{
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["command"] = typeof(CommandConnectionPlan),
        ["duckdb"] = typeof(DuckDbConnectionPlan),
        ["files"] = typeof(FilesConnectionPlan),
        ["ftp"] = typeof(FtpConnectionPlan),
        ["hbase-rest"] = typeof(HBaseRestConnectionPlan),
        ["hive"] = typeof(HiveConnectionPlan),
        ["http"] = typeof(HttpConnectionPlan),
        ["mysql"] = typeof(MySqlConnectionPlan),
        ["sftp"] = typeof(SftpConnectionPlan),
        ["spark-connect"] = typeof(SparkConnectConnectionPlan),
        ["sqlite"] = typeof(SqliteConnectionPlan),
        ["webhdfs"] = typeof(WebHdfsConnectionPlan),
    };
}
