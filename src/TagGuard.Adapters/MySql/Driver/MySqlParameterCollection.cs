using System.Collections;
using System.Data.Common;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The parameters of a command; names are told apart without case and with or without the `@`.</summary>
sealed class MySqlParameterCollection : DbParameterCollection
{
    readonly List<MySqlParameter> _parameters = [];

    public override int Count => _parameters.Count;

    public override object SyncRoot => _parameters;

    internal MySqlParameter At(int index) => _parameters[index];

    internal string[] Names() => [.. _parameters.Select(parameter => parameter.Name)];

    public override int Add(object value)
    {
        _parameters.Add(Own(value));
        return _parameters.Count - 1;
    }

    public override void AddRange(Array values)
    {
        foreach (var value in values)
            Add(value);
    }

    public override void Clear() => _parameters.Clear();

    public override bool Contains(object value) => _parameters.Contains(Own(value));

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    public override int IndexOf(object value) => _parameters.IndexOf(Own(value));

    public override int IndexOf(string parameterName) =>
        _parameters.FindIndex(parameter => parameter.Name.Equals(parameterName.TrimStart('@'), StringComparison.OrdinalIgnoreCase));

    public override void Insert(int index, object value) => _parameters.Insert(index, Own(value));

    public override void Remove(object value) => _parameters.Remove(Own(value));

    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(IndexOfKnown(parameterName));

    protected override DbParameter GetParameter(int index) => _parameters[index];

    protected override DbParameter GetParameter(string parameterName) => _parameters[IndexOfKnown(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Own(value);

    protected override void SetParameter(string parameterName, DbParameter value) => _parameters[IndexOfKnown(parameterName)] = Own(value);

    int IndexOfKnown(string name) => IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"There is no parameter {name}.", nameof(name));

    static MySqlParameter Own(object value) => value as MySqlParameter
        ?? throw new ArgumentException("A parameter of another provider, or none: make it with CreateParameter() of the command.", nameof(value));
}
