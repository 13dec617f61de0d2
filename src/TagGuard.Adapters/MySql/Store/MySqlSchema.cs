using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Storage;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>Makes the tables, and extends those that the users have.</summary>
/// <param name="session">The database, with no transaction open.</param>
/// <param name="place">The database and server, for messages.</param>
sealed partial class MySqlSchema(MySqlStoreSession session, string place)
{
    /// <summary>How long to wait for another process that makes the tables.</summary>
    const int SecondsToWait = 60;

    static readonly StoreScripts Scripts = MySqlScripts.All;

    /// <summary>Applies the scripts that are missing. What one that broke off has made is
    /// left out, for MySQL does not undo changes of tables.</summary>
    public IReadOnlyList<string> Apply()
    {
        using (var held = session.Query("schema_lock").Set("@seconds", SecondsToWait))
        {
            if (!held.Read() || held.IsNull(0) || !held.Flag(0))
                throw new StoreException(
                    $"Another process has been making the tables of {place} for {SecondsToWait} s. Wait for it, then run `tagguard init` again.");
        }
        RefuseForeign(Scripts.Query("schema_version_make"));
        using (var make = session.Query("schema_version_make"))
            make.Run();
        Scripts.RefuseNewer(Scripts.RefuseChanged(session, place), place);
        var missing = Scripts.Migrations.Except(Applied()).ToList();
        foreach (var script in missing)
            Apply(script);
        new UsersTables(session, place).Adopt();
        return missing;
    }

    HashSet<string> Applied()
    {
        using var applied = session.Query("schema_versions");
        var scripts = new HashSet<string>();
        while (applied.Read())
            scripts.Add(applied.Text(0));
        return scripts;
    }

    void Apply(string script)
    {
        var statements = Comment()
            .Replace(Scripts.Migration(script), "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var statement in statements)
            RefuseForeign(statement);
        foreach (var statement in statements)
        {
            if (LeftOf(statement) is not { } left)
                continue;
            using var change = session.Prepare(left);
            change.Run();
        }
        Scripts.Note(session, script);
    }

    /// <summary>A table that is to be ours, and is there without our mark, is another program's.</summary>
    void RefuseForeign(string statement)
    {
        if (CreateOurs().Match(statement) is not { Success: true } create)
            return;
        using var state = session.Query("table_state").Set("@table", create.Groups["table"].Value);
        if (state.Read() && !state.Text(1).StartsWith("TagGuard", StringComparison.Ordinal))
        {
            throw new StoreException(
                $"{place} has a table {create.Groups["table"].Value} of another program. Give the monitoring tables a database of their own "
                + "(`create database tagguard character set utf8mb4`) and name it in the plan; nothing was changed.");
        }
    }

    /// <summary>What a statement has left to do; null when nothing.</summary>
    string? LeftOf(string statement)
    {
        if (Alter().Match(statement) is not { Success: true } alter)
            return statement;
        var table = alter.Groups["table"].Value;
        var left = alter.Groups["changes"].Value.Split(",\n", StringSplitOptions.TrimEntries).Where(change => !IsMade(table, change)).ToList();
        return left.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"alter table {table} {string.Join(", ", left)}");
    }

    bool IsMade(string table, string change)
    {
        var (query, parameter, name) = Change().Match(change) switch
        {
            { Groups: var groups } when groups["column"].Success => ("has_column", "@column", groups["column"].Value),
            { Groups: var groups } when groups["key"].Success => ("has_key", "@columns", groups["key"].Value),
            { Groups: var groups } when groups["engine"].Success => ("has_engine", "@engine", groups["engine"].Value),
            _ => throw new InvalidOperationException(
                $"Whether `{change}` is made already is not known: write it as add column, add unique key or engine."),
        };
        using var made = session.Query(query).Set("@table", table).Set(parameter, name);
        return made.Read();
    }

    [GeneratedRegex(@"^--.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"create table if not exists (?<table>\w+)[\s\S]*comment = 'TagGuard")]
    private static partial Regex CreateOurs();

    [GeneratedRegex(@"^alter table (?<table>\w+)\s+(?<changes>[\s\S]+)$")]
    private static partial Regex Alter();

    [GeneratedRegex(@"^(add column (?<column>\w+) .*|add unique key \w+ \((?<key>.*)\)|engine = (?<engine>\w+))$")]
    private static partial Regex Change();
}
