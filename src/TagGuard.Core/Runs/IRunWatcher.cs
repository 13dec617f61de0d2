using TagGuard.Facts;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>Told what a run is doing: progress on a terminal, plain lines in a log. Nothing it does changes the run.</summary>
public interface IRunWatcher
{
    void CheckStarted(string check);

    /// <summary>Rows read so far by the check under way.</summary>
    void RowsRead(string check, long rows);

    /// <summary>A source did not answer, and is asked again after a while.</summary>
    void AskedAgain(string check, AskedAgain again);

    /// <summary>A stage waits for what does not hold yet.</summary>
    /// <param name="missing">What does not hold.</param>
    /// <param name="left">How much longer it waits at most.</param>
    void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left);

    void StageEnded(DateOnly date, StageResult result);
}
