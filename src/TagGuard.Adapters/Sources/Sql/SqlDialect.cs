using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>The words in which a system wants its questions: all that is different about the SQL of counts and rows.</summary>
abstract class SqlDialect
{
    /// <summary>What stands before the name of a parameter.</summary>
    public abstract char Mark { get; }

    /// <summary>Whether a backslash in quotes escapes what follows it.</summary>
    public virtual bool HasEscapes => false;

    /// <summary>A name as a name, whatever it holds.</summary>
    public abstract string Quoted(string name);

    /// <summary>A column by its name, or SQL in parentheses as it is.</summary>
    public string Field(string field) => SqlField.IsSql(field) ? field : Quoted(field);

    /// <summary>A table, as `table` or `database.table`: each part quoted.</summary>
    public string Table(string name) => string.Join('.', name.Split('.').Select(Quoted));

    public SqlParameter Parameter(string name, object value) => new(Mark + name, value);
}

/// <summary>A dialect whose system can hash, so that its rows can be compared where they lie: see
/// <see cref="TagGuard.Sources.IKeyedSource"/>.</summary>
abstract class KeyedDialect : SqlDialect
{
    /// <summary>The text of a value, as the system itself writes it.</summary>
    /// <param name="sql">SQL in parentheses.</param>
    public abstract string Text(string sql);

    /// <summary>CRC-32 (IEEE) of a text's bytes.</summary>
    public abstract string Crc(string text);

    /// <summary>Two numbers of 32 bits as one of 64.</summary>
    public abstract string Joined(string high, string low);

    /// <summary>Texts one behind the other, NULL when one of them is.</summary>
    public abstract string Concatenated(IEnumerable<string> texts);

    /// <summary>How many bytes a text has.</summary>
    public abstract string ByteCount(string text);

    /// <summary>A text whose order is that of its bytes.</summary>
    public virtual string InBytes(string text) => text;

    /// <summary>Which of so many buckets, a power of two, a text is in.</summary>
    public virtual string Bucket(string text, int buckets) => $"({Crc(text)} & {buckets - 1})";

    /// <summary>Behind ORDER BY, where NULL would not come first by itself.</summary>
    public virtual string NullsFirst => "";
}
