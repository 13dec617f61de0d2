namespace TagGuard.Adapters.HBase;

/// <summary>Fields of a protobuf message, read in place: protobuf.dev/programming-guides/encoding.</summary>
static class Wire
{
    public const int Number = 0, Eight = 1, Bytes = 2, Four = 5;

    const int LongestNumber = 10;

    /// <summary>A field's number and type.</summary>
    public static int Tag(ReadOnlySpan<byte> message, scoped ref int at) => (int)Varint(message, ref at);

    public static ulong Varint(ReadOnlySpan<byte> message, scoped ref int at)
    {
        var value = 0ul;
        for (var i = 0; i < LongestNumber; i++)
        {
            if (at >= message.Length)
                throw Cut();
            var one = message[at++];
            value |= (ulong)(one & 127) << (7 * i);
            if (one < 128)
                return value;
        }
        throw new InvalidDataException("A number in the answer does not end.");
    }

    /// <summary>The bytes of a field.</summary>
    public static ReadOnlySpan<byte> Taken(ReadOnlySpan<byte> message, scoped ref int at)
    {
        var length = Varint(message, ref at);
        if (length > (ulong)(message.Length - at))
            throw Cut();
        at += (int)length;
        return message.Slice(at - (int)length, (int)length);
    }

    /// <summary>A field that is not wanted.</summary>
    public static void Skip(ReadOnlySpan<byte> message, int tag, scoped ref int at)
    {
        switch (tag & 7)
        {
            case Number: Varint(message, ref at); break;
            case Bytes: Taken(message, ref at); break;
            case Eight: Move(message, 8, ref at); break;
            case Four: Move(message, 4, ref at); break;
            default: throw new InvalidDataException("The answer is not HBase's protobuf.");
        }
    }

    static void Move(ReadOnlySpan<byte> message, int count, scoped ref int at) => at = at + count <= message.Length ? at + count : throw Cut();

    static InvalidDataException Cut() => new("The answer is cut.");
}
