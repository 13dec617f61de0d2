using System.Security.Cryptography;
using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

/// <summary>The hash that needs no OpenSSL, held to the runtime's.</summary>
public sealed class Sha256Tests
{
    [Fact]
    public void EveryLengthUpToFiveBlocksHashesAsTheRuntimeHashesIt()
    {
        var bytes = new byte[5 * 64];
        new Random(180).NextBytes(bytes);

        for (var length = 0; length <= bytes.Length; length++)
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Sha256.HashData(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void ALongTextHashesAsTheRuntimeHashesIt()
    {
        var bytes = new byte[3_000_017];
        new Random(4).NextBytes(bytes);

        Assert.Equal(SHA256.HashData(bytes), Sha256.HashData(bytes));
    }
}
