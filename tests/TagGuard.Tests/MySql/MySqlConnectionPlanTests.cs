using TagGuard.Adapters;
using TagGuard.Adapters.MySql;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.Adapters.Yaml;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Tests.MySql;

/// <summary>`type: mysql` in the plan, and the connection string that comes of it.</summary>
public sealed class MySqlConnectionPlanTests
{
    const string Password = "hunter2;'\"-geheim";

    sealed record ServerPlan : MySqlConnectionPlan
    {
        public override IReadOnlyList<Type> Capabilities => [typeof(IRowsSource)];

        public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException();
    }

    [Fact]
    public void EveryKeyOfThePlanIsInTheStringThatTheDriverReads()
    {
        var plan = Read("host: db1, port: 3307, database: zydb, user: z, password: \"${env:PW}\", tls: verify-full, tls_ca: ca.pem, connect_timeout: 5s, read_timeout: 90s, write_timeout: 20s");

        var options = MySqlOptions.Parse(plan.ConnectionString("/etc/tagguard"));

        Assert.Equal(
            new MySqlOptions
            {
                Host = "db1",
                Port = 3307,
                Database = "zydb",
                User = "z",
                Password = Password,
                Tls = TlsMode.VerifyFull,
                TlsCa = "/etc/tagguard/ca.pem",
                ConnectTimeout = TimeSpan.FromSeconds(5),
                ReadTimeout = TimeSpan.FromSeconds(105),
                WriteTimeout = TimeSpan.FromSeconds(20),
                CommandTimeout = 90,
            },
            options);
        Assert.Equal("db1:3307", plan.Address);
        Assert.Same(MySqlProviderFactory.Instance, plan.Factory());
    }

    [Theory]
    [InlineData("host: h", TlsMode.VerifyFull)]
    [InlineData("host: h, tls: required", TlsMode.Required)]
    [InlineData("host: h, tls: off", TlsMode.Off)]
    [InlineData("socket: /run/m.sock", TlsMode.Off)]
    [InlineData("socket: /run/m.sock, tls: off", TlsMode.Off)]
    public void TheLineIsVerifiedUnlessThePlanSaysOtherwise(string keys, TlsMode expected) =>
        Assert.Equal(expected, MySqlOptions.Parse(Read(keys + ", database: d, user: u").ConnectionString("/")).Tls);

    [Fact]
    public void AnotherProviderGetsTheWordsThatMySqlConnectorAndMySqlDataShare()
    {
        var tcp = new ServerPlan { Host = "h", Database = "d", User = "u", Password = "p", Tls = TlsMode.Required, Provider = "A.B, A" };
        var socket = new ServerPlan { Socket = "/run/m.sock", Database = "d", User = "u", Provider = "A.B, A" };

        Assert.Equal("User ID=u;Database=d;SslMode=Required;ConnectionTimeout=15;DefaultCommandTimeout=300;Password=p;Server=h;Port=3306;CharacterSet=utf8mb4;TreatTinyAsBoolean=False;Pooling=False", tcp.ConnectionString("/"));
        Assert.Equal("User ID=u;Database=d;SslMode=None;ConnectionTimeout=15;DefaultCommandTimeout=300;Server=/run/m.sock;Protocol=Unix;CharacterSet=utf8mb4;TreatTinyAsBoolean=False;Pooling=False", socket.ConnectionString("/"));
    }

    [Theory]
    [InlineData("database: d, user: u", "Neither `host` nor `socket`")]
    [InlineData("host: h, socket: /s, database: d, user: u", "both given")]
    [InlineData("socket: /s, tls: required, database: d, user: u", "take `tls` out")]
    [InlineData("socket: /s, tls: verify-full, database: d, user: u", "take `tls` out")]
    [InlineData("host: h, tls: off, tls_ca: x, database: d, user: u", "take it out, or change `tls`")]
    [InlineData("host: h, tls: verify_full, database: d, user: u", "did you mean `verify-full`?")]
    [InlineData("host: h, read_timeout: 0s, database: d, user: u", "1s")]
    [InlineData("host: h, port: 0, database: d, user: u", "65535")]
    [InlineData("host: h, user: u", "`database` is missing")]
    [InlineData("host: h, database: d", "`user` is missing")]
    [InlineData("host: h, database: d, user: u, provider: MySqlConnector", "type and assembly")]
    [InlineData("host: h, database: d, user: u, provider: \"A.B, A\"", "The folder for providers")]
    public void AMistakeIsToldWithItsCure(string keys, string expected)
    {
        var refused = Assert.Throws<PlanException>(() => Read(keys));

        Assert.Contains(expected, Assert.Single(refused.Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFolderOfProvidersIsWhereTheVariableSays()
    {
        var folder = Directory.CreateTempSubdirectory("providers-").FullName;
        Environment.SetEnvironmentVariable(ProviderFolder.Variable, folder);
        try
        {
            Assert.Contains($"{folder}/A.dll is not there", Assert.Throws<ProviderException>(() => ProviderFolder.Load("A.B, A")).Message, StringComparison.Ordinal);
            Assert.Contains("It holds: no .dll at all", Assert.Throws<ProviderException>(() => ProviderFolder.Load("A.B, A")).Message, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, "A.dll"), "no assembly");
            Assert.Contains("is no assembly of .NET", Assert.Throws<ProviderException>(() => ProviderFolder.Load("A.B, A")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ProviderFolder.Variable, null);
            Directory.Delete(folder, recursive: true);
        }
    }

    static ServerPlan Read(string keys)
    {
        var file = Path.Combine(Path.GetTempPath(), $"plan-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, $"""
            name: p
            connections:
              db: {"{ type: mysql, " + keys + " }"}
              store: {"{ type: sqlite, path: s }"}
            stages:
              tags:
                - name: c
                  rows: {"{ connection: db, sql: select 1, equals: 1 }"}
            """);
        try
        {
            var types = new Dictionary<string, Type>(Connections.All) { ["mysql"] = typeof(ServerPlan) };
            return (ServerPlan)new PlanReader(types, name => name == "PW" ? Password : null).Read(file).Connections["db"];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
