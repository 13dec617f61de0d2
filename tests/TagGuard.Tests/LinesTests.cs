using System.Globalization;
using TagGuard.Tests.Support;

namespace TagGuard.Tests;

/// <summary>The formatter keeps a line's indentation, not its length.</summary>
public sealed class LinesTests
{
    const string Limit = "max_line_length = ";

    [Theory]
    [InlineData("src")]
    [InlineData("jobs")]
    [InlineData("tests")]
    public void NoLineIsLongerThanTheEditorsLimit(string folder)
    {
        var limit = int.Parse(
            Assert.Single(File.ReadLines(Repository.Path(".editorconfig")), line => line.StartsWith(Limit, StringComparison.Ordinal))[Limit.Length..],
            CultureInfo.InvariantCulture);

        var longer = Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, at) => (Place: $"{file}:{at + 1}", line.Length)))
            .Where(line => line.Length > limit)
            .Select(line => $"{line.Place}: {line.Length} columns");

        Assert.Empty(longer);
    }
}
