using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A value for `@name`. Its type is the value's own; see <see cref="ParameterBuffer"/> for those that are taken.</summary>
sealed class MySqlParameter : DbParameter
{
    string _given = "";

    /// <summary>The name without the `@`.</summary>
    internal string Name { get; private set; } = "";

    [AllowNull]
    public override string ParameterName
    {
        get => _given;
        set
        {
            _given = value ?? "";
            Name = _given.TrimStart('@');
        }
    }

    public override object? Value { get; set; }

    /// <summary>Kept for callers that set it; the value's own type is what counts.</summary>
    public override DbType DbType { get; set; } = DbType.Object;

    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException("Parameters of MySQL only go in: read what comes out with a select.");
        }
    }

    public override bool IsNullable { get; set; }

    /// <summary>Kept for callers that set it; no value is cut.</summary>
    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override void ResetDbType() => DbType = DbType.Object;
}
