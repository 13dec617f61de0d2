using MySqlConnector;
using TagGuard.Adapters;
using TagGuard.Adapters.MySql;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;
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
        var plan = Read(
            "host: db1, port: 3307, database: zydb, user: z, password: \"${env:PW}\", tls: verify-full, tls_ca: ca.pem, connect_timeout: 5s, "
                + "read_timeout: 90s, write_timeout: 20s");

        var (keys, server) = (ConnectionKeys.Of(plan, blocks: false), plan.Server("/etc/tagguard"));

        Assert.Equal(("db1", 3307u, "zydb", "z", Password), (keys.Server, keys.Port, keys.Database, keys.UserID, keys.Password));
        Assert.Equal(
            (MySqlConnectionProtocol.Sockets, MySqlSslMode.Required, 5u, 90u),
            (keys.ConnectionProtocol, keys.SslMode, keys.ConnectionTimeout, keys.DefaultCommandTimeout));
        Assert.Equal(
            new MySqlServer(
                "db1:3307",
                "db1",
                "zydb",
                "z",
                TlsMode.VerifyFull,
                "/etc/tagguard/ca.pem",
                TimeSpan.FromSeconds(90),
                TimeSpan.FromSeconds(20)),
            server);
        Assert.DoesNotContain("hunter2", server.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASessionIsItsOwnAndReadsNoFilesOfThisMachine()
    {
        var keys = ConnectionKeys.Of(Read("host: h, database: d, user: u, tls: off"), blocks: true);

        Assert.Equal((false, false, false), (keys.Pooling, keys.AllowLoadLocalInfile, keys.AllowPublicKeyRetrieval));
        Assert.Equal((MySqlSslMode.None, MySqlGuidFormat.None, false), (keys.SslMode, keys.GuidFormat, keys.TreatTinyAsBoolean));
    }

    [Theory]
    [InlineData("host: h", TlsMode.VerifyFull)]
    [InlineData("host: h, tls: required", TlsMode.Required)]
    [InlineData("host: h, tls: off", TlsMode.Off)]
    [InlineData("socket: /run/m.sock", TlsMode.Off)]
    [InlineData("socket: /run/m.sock, tls: off", TlsMode.Off)]
    public void TheLineIsVerifiedUnlessThePlanSaysOtherwise(string keys, TlsMode expected) =>
        Assert.Equal(expected, Read(keys + ", database: d, user: u").Server("/").Tls);

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
    [InlineData("host: h, database: d, user: u, provider: \"A.B, A\"", "provider")]
    public void AMistakeIsToldWithItsCure(string keys, string expected)
    {
        var refused = Assert.Throws<PlanException>(() => Read(keys));

        Assert.Contains(expected, Assert.Single(refused.Mistakes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows: { connection: db, sql: \"select 1; delete from t\", equals: 1 }", 8, "behind the `;` there is another")]
    [InlineData("rows: { connection: db, sql: \"delete from t\", equals: 1 }", 8, "must be one SELECT")]
    [InlineData("freshness: { connection: db, sql: \"call p()\", max_lag: 1h }", 8, "must be one SELECT")]
    [InlineData(
        "rows:\n        connection: db\n        all:\n          - { name: a, sql: select 1, equals: 1 }\n          - { name: b, sql: select 1 /*! "
            + "from t; */, equals: 1 }",
        12,
        "write it out")]
    public void SqlThatIsNotOneSelectIsAMistakeOfThePlanWithItsLine(string check, int line, string expected)
    {
        var mistake = Assert.Single(Assert.Throws<PlanException>(() => Read("host: h, database: d, user: u", check)).Mistakes);

        Assert.Equal(line, mistake.Line);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    static ServerPlan Read(string keys, string check = "rows: { connection: db, sql: select 1, equals: 1 }")
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
                  {check}
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
