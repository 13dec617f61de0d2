using System.Security.Cryptography;
using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

/// <summary>The hash that needs no OpenSSL, held to the runtime's.</summary>
public sealed class Sha1Tests
{
    [Fact]
    public void EveryLengthUpToFiveBlocksHashesAsTheRuntimeHashesIt()
    {
        var bytes = new byte[5 * 64];
        new Random(160).NextBytes(bytes);
        var hash = new byte[Sha1.Bytes];

        for (var length = 0; length <= bytes.Length; length++)
        {
            Sha1.HashData(bytes.AsSpan(0, length), hash);
#pragma warning disable CA5350 // Nothing is kept secret by it.
            Assert.Equal(SHA1.HashData(bytes.AsSpan(0, length)), hash);
#pragma warning restore CA5350
        }
    }
}
