using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Command;

/// <summary>Asks through a client. Each statement is put into a frame: see <see cref="AnswerFrame"/>.</summary>
sealed partial class CommandSession(CommandConnectionPlan plan, ClientProcess client, CancellationToken cancellationToken) : IVolumeSession
{
    public VolumeDialect Volumes => plan.Volumes;

    /// <summary>The version is not asked for: Spark has no function for it before 3.0.</summary>
    public async Task<string> DescribeAsync()
    {
        await NumberAsync(new BoundSql("select 1"));
        return $"{plan.Dialect}, asked by {plan.Command[0]}";
    }

    public ValueTask<TableSql?> FindAsync(TablePart part) => new(TableSql.Of(HiveDialect.Instance, part));

    public async Task<long> NumberAsync(BoundSql sql)
    {
        var (rows, value) = await ValueAsync(sql);
        return rows == 1 && value is not null
            ? Number(value)
            : throw new SqlFault($"The answer has {rows} rows, where one with a number was asked for.") { Asked = sql.Asked };
    }

    public async Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        if (each is not null)
            return (await EachAsync(sql, each), null);
        try
        {
            var (rows, value) = await ValueAsync(sql);
            return (rows, rows == 1 ? ValueOf(value) : rows == 0 ? null : $"{rows} rows, where through a command the value of one is told");
        }
        catch (ClientFault fault) when (fault.IsOfTypes)
        {
            // A map or a list in it cannot be made text; its rows can be counted.
            var rows = await CountAsync(sql);
            return (rows, rows == 0 ? null : "a row whose columns cannot all be written as text");
        }
    }

    public async Task<TagColumn> ColumnOfAsync(TableSql table, string tags, bool values)
    {
        if (SqlField.IsSql(tags))
            throw new InvalidDataException($"A client does not tell the type of {tags}: have a view make a column of it, and name that as `tags`.");
        var asked = $"describe {table.From}";
        var printed = await client.RunAsync(ClientText.Of(asked), asked, cancellationToken);
        var type = printed.Split('\n').Select(line => TypeIn(line, tags)).FirstOrDefault(type => type is not null);
        return (type, values) switch
        {
            (null, _) => throw new SqlFault($"The client's description of {table.Part.Table} names no column {tags} with its type.")
            {
                Asked = asked,
            },
            ("struct" or "uniontype", _) => throw TagColumn.Refused(tags),
            ("map", true) => ColumnIn(printed, tags) is { } column ? column
                : throw TagColumn.RefusedValues(tags, "of a type that the client's description does not tell or that is none of these"),
            (_, true) => throw TagColumn.NoMap(tags, type),
            ("map", _) => new(TagShape.Map),
            ("array", _) => new(TagShape.Array),
            _ => new(TagShape.Pairs),
        };
    }

    public async IAsyncEnumerable<(string Kind, string? Name, long[] Numbers)> VolumesAsync(VolumeSql sql)
    {
        var frame = new AnswerFrame();
        foreach (var fields in await AskAsync(frame, sql.Selecting(frame.Rows(VolumeSql.Texts, VolumeSql.Numbers)), sql.Statement.Asked))
            yield return (AnswerFrame.Text(fields[0])!, AnswerFrame.Text(fields[1]), [.. fields[2..].Select(Number)]);
    }

    async Task<long> EachAsync(BoundSql sql, EachRow each)
    {
        var frame = new AnswerFrame();
        IReadOnlyList<string> texts = [.. each.Columns.Select(column => $"cast({Volumes.Quoted(column)} as string)")];
        var rows = frame.ReadRows(await RunAsync($"select {frame.Rows(texts, [])} from ({HiveText.Of(sql)}) q", sql.Asked), texts.Count, sql.Asked);
        foreach (var row in rows)
            each.Of(column => AnswerFrame.Text(row[column]));
        return rows.Count;
    }

    async Task<(long Rows, string? Value)> ValueAsync(BoundSql sql)
    {
        var frame = new AnswerFrame();
        var text = $"select {frame.Value} from (select elt(1, *) as v from ({HiveText.Of(sql)}) q) r";
        var (rows, value) = frame.Read(await RunAsync(text, sql.Asked), sql.Asked);
        return (rows, AnswerFrame.Text(value));
    }

    async Task<long> CountAsync(BoundSql sql)
    {
        var frame = new AnswerFrame();
        return frame.Read(await RunAsync($"select {frame.Count} from ({HiveText.Of(sql)}) q", sql.Asked), sql.Asked).Rows;
    }

    async Task<IReadOnlyList<string[]>> AskAsync(AnswerFrame frame, BoundSql sql, string asked) =>
        frame.ReadRows(await RunAsync(HiveText.Of(sql), asked), VolumeSql.Texts.Count + VolumeSql.Numbers.Count, asked);

    Task<string> RunAsync(string text, string asked) => client.RunAsync(ClientText.Of(text), asked, cancellationToken);

    /// <summary>NULL is 0, as where columns travel.</summary>
    static long Number(string text) => text == AnswerFrame.Null ? 0
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException($"The answer has `{Line.Short(text)}` where a whole number was asked for.");

    /// <summary>A text, for types are not told; what is written as a time is one.</summary>
    static object? ValueOf(string? text) =>
        text is not null && Time().Match(text) is { Success: true } match
        && DateTime.TryParse(match.Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            : text;

    /// <summary>The type of a column in a line of what `describe` prints, up to its first bracket. A type that is cut is none.</summary>
    static string? TypeIn(string line, string column)
    {
        var match = Regex.Match(
            line,
            $@"^(?:.*> )?[""'|\s]*{Regex.Escape(column)}[""'|\s,]+(map|array|struct|uniontype)?(<|\w+(\(\d+(,\d+)?\))?[""'|\s,])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return !match.Success ? null : match.Groups[1].Success && match.Groups[2].Value == "<" ? match.Groups[1].Value.ToLowerInvariant() : "one";
    }

    /// <summary>What a map is by what `describe` prints: its type is written out behind the column; null when its values are no tags.</summary>
    static TagColumn? ColumnIn(string printed, string column)
    {
        var match = Regex.Match(
            printed,
            $@"^(?:.*> )?[""'|\s]*{Regex.Escape(column)}[""'|\s,]+map<(\w+)(?:\([\d,]+\))?,(\w+)(?:\([\d,]+\))?>",
            RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        TagValue? values = match.Groups[2].Value.ToLowerInvariant() switch
        {
            "string" or "varchar" or "char" or "tinyint" or "smallint" or "int" or "bigint" or "date" => TagValue.Text,
            "boolean" => TagValue.Boolean,
            "decimal" => TagValue.Decimal,
            _ => null,
        };
        return values is { } known
            ? new TagColumn(TagShape.Map, known) { HasTextKeys = match.Groups[1].Value.Equals("string", StringComparison.OrdinalIgnoreCase) }
            : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d{1,7})?)?(?=\d*$)")]
    private static partial Regex Time();
}
