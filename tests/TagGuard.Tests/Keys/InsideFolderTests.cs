using TagGuard.Adapters.Csv;
using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

public sealed class InsideFolderTests
{
    [Theory]
    [InlineData("diff/{date:yyyyMMdd}.csv", false, true)]
    [InlineData("dw.order_fact", false, true)]
    [InlineData("a..b/...c", false, true)]
    [InlineData("/user/hive/{date:yyyyMMdd}/_SUCCESS", true, true)]
    [InlineData("/etc/{date:yyyyMMdd}.csv", false, false)]
    [InlineData("../{date:yyyyMMdd}.csv", false, false)]
    [InlineData("a/../../{date:yyyyMMdd}.csv", true, false)]
    [InlineData("{date:yyyyMMdd}/..", true, false)]
    [InlineData("{date:yyyy/../../MM}.csv", false, false)]
    [InlineData("..\\{date:yyyyMMdd}.csv", false, false)]
    public void APathThatLeavesItsFolderIsAMistake(string path, bool startsAtFolder, bool isRight) =>
        Assert.Equal(isRight, InsideFolder.MistakeIn(path, startsAtFolder) is null);

    [Theory]
    [InlineData("userprofile", "userprofile")]
    [InlineData("../../etc/cron.d/x", ".._.._etc_cron.d_x")]
    public void ANameIsOneStepOfAPath(string name, string file) => Assert.Equal(file, InsideFolder.FileName(name));

    [Fact]
    public void ALongNameFitsIntoAFilesName() =>
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(InsideFolder.FileName(string.Concat(Enumerable.Repeat("🎉国", 60)))), 190, 200);

    [Theory]
    [InlineData("../x.csv")]
    [InlineData("/tmp/x.csv")]
    [InlineData("a/../../x.csv")]
    public async Task DifferencesAreOnlyWrittenInThePlansFolder(string path)
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-test-").FullName;

        await Assert.ThrowsAsync<IOException>(() => new DifferenceFiles(folder).WriteAsync(path, [], TestContext.Current.CancellationToken));

        Directory.Delete(folder, recursive: true);
    }
}
