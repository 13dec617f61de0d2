using TagGuard.Adapters.Hive.Wire;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;

namespace TagGuard.Adapters.Hive;

/// <summary>The words in which Hive (2.3 or later) and Spark hash rows.</summary>
sealed class HiveKeyedDialect : KeyedDialect
{
    public static readonly HiveKeyedDialect Instance = new();

    public override char Mark => HiveDialect.Instance.Mark;

    public override bool HasEscapes => HiveDialect.Instance.HasEscapes;

    public override string Quoted(string name) => HiveDialect.Instance.Quoted(name);

    public override string Text(string sql) => $"cast({sql} as string)";

    public override string Crc(string text) => $"crc32({text})";

    /// <summary>Whole numbers have a sign in the 64th bit, decimals have room.</summary>
    public override string Joined(string high, string low) => $"({high} * cast(4294967296 as decimal(18,0)) + {low})";

    public override string Concatenated(IEnumerable<string> texts) => $"concat({string.Join(", ", texts)})";

    public override string ByteCount(string text) => Text($"(octet_length({text}))");

    static string WithoutZeros(string written) =>
        $"(case when instr({written}, '.') > 0 then regexp_replace({written}, '[.]?0+$', '') else {written} end)";

    /// <summary>Spark writes what is below a millionth, and a zero with a fraction, as Java does: -1.20E-8, 0E-10.</summary>
    static string Plain(string raw, string written) =>
        $"(case when {raw} = 0 then '0' else concat(case when {raw} < 0 then '-' else '' end, '0.', "
        + $"repeat('0', cast(split({written}, 'E-')[1] as int) - 1), "
        + $"regexp_replace(regexp_replace(split({written}, 'E-')[0], '[-.]', ''), '0+$', '')) end)";

    /// <summary>What makes the text that all engines make of a column's values.</summary>
    /// <exception cref="InvalidDataException">Its type has none.</exception>
    public FieldText TextOf(string column, int type)
    {
        var (raw, written) = (Quoted(column), Text(Quoted(column)));
        return new FieldText(
            type switch
            {
                HiveField.String => raw,
                HiveField.Boolean => Text($"cast({raw} as int)"),
                >= HiveField.TinyInt and <= HiveField.BigInt or HiveField.Date or HiveField.VarChar or HiveField.Char => written,
                HiveField.Decimal => $"(case when instr({written}, 'E') > 0 then {Plain(raw, written)} else {WithoutZeros(written)} end)",
                HiveField.Timestamp => WithoutZeros(written),
                HiveField.Binary => $"lower(hex({raw}))",
                _ => throw FieldText.Refused(column, "a floating number or of a nested type"),
            },
            IsNullable: true);
    }
}
