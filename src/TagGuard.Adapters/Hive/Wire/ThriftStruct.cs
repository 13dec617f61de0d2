using System.Text;
using Thrift.Protocol;
using Thrift.Protocol.Entities;
using Thrift.Protocol.Utilities;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>A struct as it travels: values by the ids of their fields. Lists are arrays of what they hold, so that no number is boxed.</summary>
/// <remarks>Fields that nobody asks for, such as those that newer servers add, are read and left.</remarks>
sealed class ThriftStruct
{
    const int MostNested = 16;

    readonly SortedList<short, object> _fields = [];

    /// <summary>A field's value when it is sent: a text, bytes, a number, a boolean, a struct, or texts by texts. Null is not sent.</summary>
    public ThriftStruct With(short id, object? value)
    {
        if (value is not null)
            _fields[id] = value;
        return this;
    }

    public ThriftStruct? Struct(short id) => _fields.GetValueOrDefault(id) as ThriftStruct;

    public ThriftStruct[] Structs(short id) => _fields.GetValueOrDefault(id) as ThriftStruct[] ?? [];

    public string? Text(short id) => _fields.GetValueOrDefault(id) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    public byte[]? Bytes(short id) => _fields.GetValueOrDefault(id) as byte[];

    public int? Number(short id) => _fields.GetValueOrDefault(id) as int?;

    public long? Long(short id) => _fields.GetValueOrDefault(id) as long?;

    public bool Flag(short id) => _fields.GetValueOrDefault(id) is true;

    public IReadOnlyList<string> Texts(short id) =>
        _fields.GetValueOrDefault(id) is byte[][] texts ? [.. texts.Select(Encoding.UTF8.GetString)] : [];

    public Array? List(short id) => _fields.GetValueOrDefault(id) as Array;

    /// <summary>The one field of a union; null when it has none that is known.</summary>
    public (short Id, ThriftStruct Value)? Only =>
        _fields is { Count: 1 } && _fields.Values[0] is ThriftStruct value ? (_fields.Keys[0], value) : null;

    public async Task WriteAsync(TProtocol to, CancellationToken cancellationToken)
    {
        await to.WriteStructBeginAsync(default, cancellationToken);
        foreach (var (id, value) in _fields)
        {
            await to.WriteFieldBeginAsync(new TField("", TypeOf(value), id), cancellationToken);
            await WriteAsync(to, value, cancellationToken);
            await to.WriteFieldEndAsync(cancellationToken);
        }
        await to.WriteFieldStopAsync(cancellationToken);
        await to.WriteStructEndAsync(cancellationToken);
    }

    public static async Task<ThriftStruct> ReadAsync(TProtocol from, CancellationToken cancellationToken, int nested = 0)
    {
        if (nested > MostNested)
            throw new InvalidDataException($"The answer holds structs in structs, more than {MostNested} deep.");
        var read = new ThriftStruct();
        await from.ReadStructBeginAsync(cancellationToken);
        while (await from.ReadFieldBeginAsync(cancellationToken) is { Type: not TType.Stop } field)
        {
            if (await ReadAsync(from, field.Type, nested, cancellationToken) is { } value)
                read._fields[field.ID] = value;
            await from.ReadFieldEndAsync(cancellationToken);
        }
        await from.ReadStructEndAsync(cancellationToken);
        return read;
    }

    static TType TypeOf(object value) => value switch
    {
        bool => TType.Bool,
        short => TType.I16,
        int => TType.I32,
        long => TType.I64,
        string or byte[] => TType.String,
        ThriftStruct => TType.Struct,
        IReadOnlyDictionary<string, string> => TType.Map,
        _ => throw new InvalidOperationException($"{value.GetType()} is not sent."),
    };

    static async Task WriteAsync(TProtocol to, object value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case bool flag: await to.WriteBoolAsync(flag, cancellationToken); break;
            case short number: await to.WriteI16Async(number, cancellationToken); break;
            case int number: await to.WriteI32Async(number, cancellationToken); break;
            case long number: await to.WriteI64Async(number, cancellationToken); break;
            case string text: await to.WriteStringAsync(text, cancellationToken); break;
            case byte[] bytes: await to.WriteBinaryAsync(bytes, cancellationToken); break;
            case ThriftStruct inner: await inner.WriteAsync(to, cancellationToken); break;
            case IReadOnlyDictionary<string, string> texts:
                await to.WriteMapBeginAsync(new TMap(TType.String, TType.String, texts.Count), cancellationToken);
                foreach (var (key, text) in texts)
                {
                    await to.WriteStringAsync(key, cancellationToken);
                    await to.WriteStringAsync(text, cancellationToken);
                }
                await to.WriteMapEndAsync(cancellationToken);
                break;
        }
    }

    static async ValueTask<object?> ReadAsync(TProtocol from, TType type, int nested, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case TType.Bool: return await from.ReadBoolAsync(cancellationToken);
            case TType.I16: return await from.ReadI16Async(cancellationToken);
            case TType.I32: return await from.ReadI32Async(cancellationToken);
            case TType.I64: return await from.ReadI64Async(cancellationToken);
            case TType.Double: return await from.ReadDoubleAsync(cancellationToken);
            case TType.String: return await from.ReadBinaryAsync(cancellationToken);
            case TType.Struct: return await ReadAsync(from, cancellationToken, nested + 1);
            case TType.List:
                var list = await from.ReadListBeginAsync(cancellationToken);
                var read = await ReadListAsync(from, list, nested, cancellationToken);
                await from.ReadListEndAsync(cancellationToken);
                return read;
            default:
                await TProtocolUtil.SkipAsync(from, type, cancellationToken);
                return null;
        }
    }

    static async ValueTask<object?> ReadListAsync(TProtocol from, TList list, int nested, CancellationToken cancellationToken)
    {
        switch (list.ElementType)
        {
            case TType.Bool: return await EachAsync(list.Count, () => from.ReadBoolAsync(cancellationToken));
            case TType.Byte: return await EachAsync(list.Count, () => from.ReadByteAsync(cancellationToken));
            case TType.I16: return await EachAsync(list.Count, () => from.ReadI16Async(cancellationToken));
            case TType.I32: return await EachAsync(list.Count, () => from.ReadI32Async(cancellationToken));
            case TType.I64: return await EachAsync(list.Count, () => from.ReadI64Async(cancellationToken));
            case TType.Double: return await EachAsync(list.Count, () => from.ReadDoubleAsync(cancellationToken));
            case TType.String: return await EachAsync(list.Count, () => from.ReadBinaryAsync(cancellationToken));
            case TType.Struct: return await EachAsync(list.Count, () => new ValueTask<ThriftStruct>(ReadAsync(from, cancellationToken, nested + 1)));
            default:
                for (var i = 0; i < list.Count; i++)
                    await TProtocolUtil.SkipAsync(from, list.ElementType, cancellationToken);
                return null;
        }
    }

    static async ValueTask<T[]> EachAsync<T>(int count, Func<ValueTask<T>> read)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = await read();
        return values;
    }
}
