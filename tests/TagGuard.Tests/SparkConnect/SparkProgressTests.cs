using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Tests.SparkConnect;

/// <summary>What Spark 4 says beside answers.</summary>
public sealed class SparkProgressTests
{
    [Fact]
    public void ProgressIsToldInOneLine()
    {
        var progress = new ExecutePlanResponse.Types.ExecutionProgress { NumInflightTasks = 2 };
        progress.Stages.Add(new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo
        {
            NumTasks = 200,
            NumCompletedTasks = 5,
            InputBytesRead = 3 << 20,
        });
        progress.Stages.Add(new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { NumTasks = 10, NumCompletedTasks = 10 });

        Assert.Equal("15 of 210 tasks in 2 stages, 2 running, 3 MB read", SparkProgress.Line(progress));
    }

    [Theory]
    [InlineData("[INVALID_HANDLE.SESSION_CLOSED] The handle x is invalid. Session was closed.", true)]
    [InlineData("[INVALID_HANDLE.SESSION_CHANGED] The existing Spark server driver instance has restarted.", true)]
    [InlineData("[INVALID_HANDLE.OPERATION_NOT_FOUND] The handle x is invalid. Operation not found.", false)]
    public void ASessionThatTheServerClosedIsToldFromALostStatement(string message, bool isOfSession) =>
        Assert.Equal(isOfSession, SparkFault.IsOfSession(new SqlFault(message)));
}
