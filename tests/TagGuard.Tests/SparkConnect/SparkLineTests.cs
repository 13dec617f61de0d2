using TagGuard.Adapters.SparkConnect;

namespace TagGuard.Tests.SparkConnect;

/// <summary>All questions share a session, until the server closes it.</summary>
public sealed class SparkLineTests
{
    [Fact]
    public async Task TwoQuestionsThatLoseTheSessionAtOnceGoOnInOneNewSession()
    {
        var server = new SparkServer("spark:15002", "someone", Tls: false, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await using var line = new SparkLine(server, null, new Dictionary<string, string>(), [], TimeProvider.System);
        var lost = line.Session;

        line.Renew(lost);
        var renewed = line.Session;
        line.Renew(lost);

        Assert.NotEqual(lost, renewed);
        Assert.Equal(renewed, line.Session);
    }
}
