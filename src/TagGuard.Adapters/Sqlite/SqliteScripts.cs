using System.Security.Cryptography;
using System.Text;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The texts of sql/sqlite, which travel inside the assembly.</summary>
static class SqliteScripts
{
    const string Folder = "sql/sqlite/";

    /// <summary>The scripts that make the tables, in their order. Forward only: a script that was released is never changed.</summary>
    public static IReadOnlyList<string> Migrations { get; } = ["001_tables.sql", "002_day_decision.sql"];

    public static string Query(string name) => Read($"queries/{name}.sql");

    public static string Migration(string script) => Read(script);

    /// <summary>Hash of a script's text, whatever its line ends.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));

    static string Read(string name)
    {
        using var stream = typeof(SqliteScripts).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"{Folder}{name} is not embedded in {typeof(SqliteScripts).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
