using System.Data.Common;

namespace TagGuard.Tests.Provider;

/// <summary>An ADO.NET provider with types of its own and MySqlConnector's connection strings; whatever it is told, it passes on to a driver that it does not show.</summary>
public sealed class ForwardingFactory : DbProviderFactory
{
    public static readonly ForwardingFactory Instance = new();

    ForwardingFactory()
    {
    }

    public override DbConnection CreateConnection() => new ForwardingConnection();

    public override DbCommand CreateCommand() => new ForwardingCommand();
}

/// <summary>A provider that hides its instance.</summary>
public sealed class HiddenFactory : DbProviderFactory;

/// <summary>No provider.</summary>
public sealed class NoFactory;
