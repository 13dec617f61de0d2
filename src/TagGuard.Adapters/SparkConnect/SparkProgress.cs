using System.Globalization;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>How far a statement is, as Spark 4 tells every few seconds (spark.connect.progress.reportInterval); Spark 3.5 tells nothing.</summary>
static class SparkProgress
{
    public static string Line(ExecutePlanResponse.Types.ExecutionProgress progress)
    {
        var (done, all) = (progress.Stages.Sum(stage => stage.NumCompletedTasks), progress.Stages.Sum(stage => stage.NumTasks));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done} of {all} tasks in {progress.Stages.Count} stages, {progress.NumInflightTasks} running, "
                + $"{progress.Stages.Sum(stage => stage.InputBytesRead) >> 20} MB read");
    }
}
