using TagGuard.Storage;

namespace TagGuard;

/// <summary>Told what a run is doing: progress on a terminal, plain lines in a log. Nothing it does changes the run.</summary>
public interface IRunWatcher
{
    void CheckStarted(string check);

    /// <summary>Rows read so far by the check under way.</summary>
    void RowsRead(string check, long rows);

    void StageEnded(StageResult result);
}
