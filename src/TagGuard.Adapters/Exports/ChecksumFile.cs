using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using TagGuard.Sources;

namespace TagGuard.Adapters.Exports;

/// <summary>The file with a checksum that belongs to an exported one, as md5sum, sha1sum and sha256sum write it, BSD's way (`--tag`) too.</summary>
sealed partial class ChecksumFile(FileSource files)
{
    /// <summary>The strongest first.</summary>
    static readonly (string Ending, int Digits, Func<IDigest> Make)[] Kinds =
    [
        (".sha256", 64, () => new Sha256Digest()), (".sha1", 40, () => new Sha1Digest()), (".md5", 32, () => new MD5Digest()),
    ];

    /// <summary>What is wrong with the checksum; nothing where there is none, and none has to be.</summary>
    /// <param name="query">The exported file.</param>
    /// <param name="local">It, on this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">One has to be there and is not, or what is there holds none of this file.</exception>
    public async Task<ExportFlaws> WrongAsync(ExportQuery query, string local, CancellationToken cancellationToken)
    {
        var paths = query.Checksum is { } named ? [named] : Kinds.Select(kind => query.Path + kind.Ending);
        foreach (var path in paths)
        {
            if (await files.TextAsync(path, cancellationToken) is not { } text)
                continue;
            var name = query.Path[(query.Path.LastIndexOf('/') + 1)..];
            var wanted = Of(text, name)
                ?? throw files.Fault($"{path} holds no checksum of {name}. Have it written by sha256sum or md5sum, or correct `checksum`.", path);
            var made = await MakeAsync(local, wanted.Length, cancellationToken);
            return made == wanted ? new(0, []) : new(1, [$"{path} says {wanted}, and the file's is {made}"]);
        }
        return query.Checksum is null
            ? new(0, [])
            : throw files.Fault($"{query.Checksum}, with the checksum, is not there.", query.Checksum, isAbsent: true);
    }

    /// <summary>The digits that a text tells of a file: in the line with its name, or the only one; null for none.</summary>
    internal static string? Of(string text, string name)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Line.Match(line.TrimStart('\uFEFF', '\\')))
            .Where(match => match.Success && Kinds.Any(kind => kind.Digits == match.Groups["digits"].Length))
            .ToList();
        var own = lines.Find(match => Name(match) == name) ?? (lines is [var only] && Name(only) is "" or "-" ? lines[0] : null);
        return own?.Groups["digits"].Value.ToLowerInvariant();

        static string Name(Match match) => match.Groups["name"].Value is var path ? path[(path.LastIndexOf('/') + 1)..] : "";
    }

    static async Task<string> MakeAsync(string file, int digits, CancellationToken cancellationToken)
    {
        // Without the system's OpenSSL, as Keys.Sha256; this one takes a file of any length.
        var digest = Kinds.First(kind => kind.Digits == digits).Make();
        await using var bytes = File.OpenRead(file);
        var buffer = new byte[1 << 16];
        for (int read; (read = await bytes.ReadAsync(buffer, cancellationToken)) > 0;)
            digest.BlockUpdate(buffer, 0, read);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>`digits  name`, `digits *name`, `digits`, or `SHA256 (name) = digits`.</summary>
    [GeneratedRegex(
        @"^(?:(?<digits>[0-9A-Fa-f]{32,64})(?:\s+\*?(?<name>.+))?|[A-Za-z0-9-]+\s*\((?<name>.+)\)\s*=\s*(?<digits>[0-9A-Fa-f]{32,64}))$")]
    static partial Regex Line { get; }
}
