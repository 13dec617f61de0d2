using System.Data.Common;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The provider for MySQL and MariaDB that comes with TagGuard, over the system's MariaDB Connector/C (`libmariadb.so.3`).</summary>
public sealed class MySqlProviderFactory : DbProviderFactory
{
    public static readonly MySqlProviderFactory Instance = new();

    MySqlProviderFactory()
    {
    }

    public override DbConnection CreateConnection() => new MySqlConnection();

    public override DbCommand CreateCommand() => new MySqlCommand();

    public override DbParameter CreateParameter() => new MySqlParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new();
}
