using System.Reflection;
using System.Runtime.Loader;
using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>`provider:` of a connection: any ADO.NET provider for MySQL, from a folder.</summary>
public sealed class ProviderTests(MariaDb mariaDb)
{
    sealed record ServerPlan : MySqlConnectionPlan
    {
        public override IReadOnlyList<Type> Capabilities => [];

        public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(OtherProviders.Forwarding, false)]
    [InlineData(OtherProviders.Forwarding, true)]
    [InlineData(OtherProviders.MySqlData, false)]
    [InlineData(OtherProviders.MySqlData, true)]
    public async Task APlanReachesItsServerByEitherProviderAndEitherWay(string? provider, bool isSocket)
    {
        await using var database = await mariaDb.DatabaseAsync();
        var server = database.Server;
        var plan = database.Plan(provider);
        plan = isSocket
            ? plan with { Host = null, Socket = server.Socket, Tls = null, TlsCa = null }
            : plan with { Host = "localhost", TlsCa = Path.GetFileName(plan.TlsCa) };
        Assert.Empty(plan.Mistakes());

        await using var connection = await plan.ConnectAsync(Path.GetDirectoryName(server.AuthorityFile)!, TestContext.Current.CancellationToken);
        await connection.RunAsync("create table t (id int primary key, c varchar(9))");
        await using (var insert = await MultiRowInsert.BeginAsync(connection, null, "t", ["id", "c"], ["c"], TestContext.Current.CancellationToken))
        {
            await insert.AddAsync([1, "ä"], TestContext.Current.CancellationToken);
            await insert.EndAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, "ä"], Assert.Single(await connection.RowsAsync("select * from t where id = @id", ("id", 1))));
        Assert.Equal(["+00:00", database.Name, 1], (await connection.RowsAsync("select @@time_zone, database(), @@sql_mode like 'STRICT_ALL%'"))[0]);
        Assert.Equal(!isSocket, (string)(await connection.RowsAsync("show session status like 'Ssl_cipher'"))[0][1] != "");
        Assert.Equal(provider?.Split(", ")[1] ?? "TagGuard.Adapters", connection.GetType().Assembly.GetName().Name);
    }

    [Fact]
    public void AProviderIsLoadedFromItsFolderAndNotReferenced()
    {
        var factory = ProviderFolder.Load(OtherProviders.Forwarding);

        Assert.Same(factory, ProviderFolder.Load(OtherProviders.Forwarding));
        Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(factory.GetType().Assembly));
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "providers"), Path.GetDirectoryName(factory.GetType().Assembly.Location));
        Assert.DoesNotContain("TagGuard.Tests.Provider", Assembly.GetExecutingAssembly().GetReferencedAssemblies().Select(assembly => assembly.Name));
    }

    [Theory]
    [InlineData("MySqlConnector", "write its factory's type and assembly")]
    [InlineData("A.B, ../A", "write its factory's type and assembly")]
    [InlineData("MySqlConnector.MySqlConnectorFactory, MySqlConnector", "MySqlConnector.dll is not there: copy MySqlConnector.dll")]
    [InlineData("TagGuard.Tests.Provider.Forwarding, TagGuard.Tests.Provider", "use TagGuard.Tests.Provider.ForwardingFactory or TagGuard.Tests.Provider.HiddenFactory")]
    [InlineData("TagGuard.Tests.Provider.NoFactory, TagGuard.Tests.Provider", "is no DbProviderFactory: use")]
    [InlineData("TagGuard.Tests.Provider.HiddenFactory, TagGuard.Tests.Provider", "no public static field `Instance`")]
    public void AProviderThatCannotBeLoadedIsAMistakeThatSaysWhy(string provider, string expected)
    {
        var plan = new ServerPlan { Host = "h", Database = "d", User = "u", Provider = provider };

        var mistake = Assert.Single(plan.Mistakes());

        Assert.Equal("provider", mistake.Key);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }
}
