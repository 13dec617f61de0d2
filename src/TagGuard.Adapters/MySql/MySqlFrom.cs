using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>A part of a table behind FROM; the partition's value is bound as @value.</summary>
sealed record MySqlFrom(TablePart Part)
{
    public string Table => MySqlName.Table(Part.Table);

    /// <summary>The partition alone, without the further condition.</summary>
    public string? Partition => Part.Partition is null ? null : $"{MySqlName.Column(Part.Partition)} = @value";

    /// <summary>All conditions, with a blank and WHERE before them; nothing when there are none.</summary>
    public string Where(string? more = null)
    {
        string?[] conditions = [Partition, Part.Where is null ? null : $"({Part.Where})", more];
        var all = string.Join(" and ", conditions.Where(condition => condition is not null));
        return all.Length > 0 ? $" where {all}" : "";
    }

    /// <summary>A question with the value that it is asked with.</summary>
    public string Asked(string sql) => Part.Value is null ? sql : $"{sql} -- @value = {Part.Value}";

    /// <summary>What is bound.</summary>
    public IEnumerable<(string Name, object? Value)> Values => Part.Value is null ? [] : [("@value", Part.Value)];
}
