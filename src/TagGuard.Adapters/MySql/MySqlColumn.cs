namespace TagGuard.Adapters.MySql;

/// <summary>A column as information_schema.columns describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">`bigint`, `varchar`, …</param>
/// <param name="FullType">With length and attributes: `int(5) unsigned zerofill`.</param>
/// <param name="IsNullable">Whether it may be NULL.</param>
/// <param name="Scale">Digits of the fraction, of numbers.</param>
/// <param name="Fraction">Digits of the seconds' fraction, of times.</param>
/// <param name="Charset">Its character set, of text.</param>
sealed record MySqlColumn(string Name, string DataType, string FullType, bool IsNullable, long Scale, long Fraction, string? Charset)
{
    /// <summary>A column of which only the name is known.</summary>
    public static MySqlColumn TakenForText(string name) => new(name, "varchar", "varchar", IsNullable: true, 0, 0, "utf8mb4");

    /// <summary>SQL for its values as the text that all engines make of them; null for a type that has none: see
    /// <see cref="TagGuard.Sources.IKeyedSource"/>.</summary>
    /// <remarks>What MySQL turns into the right text by itself is left alone: a cast costs as much as the hash.</remarks>
    public string? Text => DataType.ToUpperInvariant() switch
    {
        "TINYINT" or "SMALLINT" or "MEDIUMINT" or "INT" or "INTEGER" or "BIGINT" =>
            FullType.Contains("zerofill", StringComparison.OrdinalIgnoreCase) ? $"cast({Quoted} as unsigned)" : Quoted,
        "YEAR" or "DATE" => Quoted,
        "BIT" => $"({Quoted} + 0)",
        "DECIMAL" or "NUMERIC" => Scale == 0 ? Quoted : WithoutZeros,
        "DATETIME" or "TIMESTAMP" or "TIME" => Fraction == 0 ? Quoted : WithoutZeros,
        "CHAR" or "VARCHAR" or "TINYTEXT" or "TEXT" or "MEDIUMTEXT" or "LONGTEXT" or "ENUM" or "SET" =>
            Charset is "utf8mb4" or "utf8mb3" or "utf8" or "ascii" ? Quoted : $"convert({Quoted} using utf8mb4)",
        "JSON" or "UUID" or "INET6" or "INET4" => $"cast({Quoted} as char character set utf8mb4)",
        "BINARY" or "VARBINARY" or "TINYBLOB" or "BLOB" or "MEDIUMBLOB" or "LONGBLOB" => $"lower(hex({Quoted}))",
        _ => null,
    };

    string Quoted => MySqlDialect.Column(Name);

    string WithoutZeros => $"trim(trailing '.' from trim(trailing '0' from {Quoted}))";
}
