namespace TagGuard.Adapters.DuckDb;

/// <summary>A set of 64-bit hashes that many threads read at once: 16 to 32 bytes a hash.</summary>
sealed class HashSet64
{
    readonly HashPart[] _parts = new HashPart[1 << HashParts.PartBits];

    public HashSet64(IReadOnlyCollection<HashParts> all) => Parallel.For(0, _parts.Length, part => _parts[part] = HashPart.Of(HashParts.BlocksOf(all, part)));

    public long Count => _parts.Sum(part => (long)part.Distinct);

    public bool Contains(ulong hash) => _parts[HashParts.PartOf(hash)].Contains(hash);

    public void Prefetch(ulong hash) => _parts[HashParts.PartOf(hash)].Prefetch(hash);
}
