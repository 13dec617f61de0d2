using System.Text;
using TagGuard.Keys;

namespace TagGuard.Rendering;

/// <summary>A file of `Assets/`, written into the page, with the hash by which the page's security policy lets it in.</summary>
sealed class Asset
{
    public static Asset Style { get; } = new("page.css");

    /// <summary>What a mail cannot say in line: small screens and the dark mode.</summary>
    public static Asset MailStyle { get; } = new("mail-style.css");

    public static Asset Script { get; } = new("page.js");

    Asset(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"assets/{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // Browsers hash what they parsed, and parsing makes every line end a line feed.
        Text = reader.ReadToEnd().ReplaceLineEndings("\n");
        Hash = "sha256-" + Convert.ToBase64String(Sha256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    public string Text { get; }

    public string Hash { get; }
}
