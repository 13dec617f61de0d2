using System.Buffers.Binary;
using System.Text;
using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Reconciliations;

/// <summary>Counts keys that are missing on one side and extra on the other in another case: ids that were written in capitals or were not.</summary>
/// <remarks>It holds 64 bits of each such key of either side.</remarks>
sealed class OtherCase
{
    readonly HashSet<ulong> _missing = [], _extra = [];

    /// <summary>Keys that are there on both sides when case does not matter.</summary>
    public long Count => _missing.Count(_extra.Contains);

    public void Add(DifferenceKind kind, byte[]? key)
    {
        if (key is { Length: > 0 } && kind != DifferenceKind.DifferentThere)
            (kind == DifferenceKind.MissingThere ? _missing : _extra).Add(Folded(key));
    }

    static ulong Folded(byte[] key) => BinaryPrimitives.ReadUInt64LittleEndian(
        Sha256.HashData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(key).ToLowerInvariant())));
}
