using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

/// <summary>Several watchers of one run, of which one may fail.</summary>
public sealed class WatchersTests
{
    /// <summary>Everything that a watcher can be told.</summary>
    public static TheoryData<string> Methods => [.. typeof(IRunWatcher).GetMethods().Select(method => method.Name)];

    [Theory, MemberData(nameof(Methods))]
    public void EveryWatcherIsToldEverything(string method)
    {
        var (first, second) = (new Counts(), new Counts());

        Tell(new Watchers(first, second), method);

        Assert.Equal([method], first.Told);
        Assert.Equal([method], second.Told);
    }

    [Theory, MemberData(nameof(Methods))]
    public void OneThatThrowsIsDismissedAndTheOthersAreToldSoOnce(string method)
    {
        var (before, after) = (new Counts(), new Counts());
        var throws = new Counts { Fault = new InvalidOperationException("A bug.") };
        var watchers = new Watchers(before, throws, after);

        Tell(watchers, method);
        Tell(watchers, method);

        Assert.Single(throws.Told);
        Assert.All([before, after], watcher => Assert.Equal(2 + 1, watcher.Told.Count));
        Assert.All([before, after], watcher => Assert.Equal(("Counts", "A bug."), watcher.Failed[^1]));
    }

    [Fact]
    public void ThatAllOfThemThrowIsNothingToTheRun()
    {
        var watchers = new Watchers(new Counts { Fault = new InvalidOperationException() }, new Counts { Fault = new IOException() });

        watchers.CheckStarted("a");
        watchers.CheckStarted("b");
    }

    static void Tell(IRunWatcher watcher, string method)
    {
        switch (method)
        {
            case nameof(IRunWatcher.RunStarting): watcher.RunStarting(new(), new GateReading(Some.Date, [])); break;
            case nameof(IRunWatcher.CheckStarted): watcher.CheckStarted("a"); break;
            case nameof(IRunWatcher.RowsRead): watcher.RowsRead("a", 1); break;
            case nameof(IRunWatcher.RegionsRead): watcher.RegionsRead("a", null!); break;
            case nameof(IRunWatcher.AskedAgain): watcher.AskedAgain("a", null!); break;
            case nameof(IRunWatcher.CheckEnded): watcher.CheckEnded(null!); break;
            case nameof(IRunWatcher.Waiting): watcher.Waiting([], TimeSpan.Zero); break;
            case nameof(IRunWatcher.StageEnded): watcher.StageEnded(Some.Date, null!); break;
            case nameof(IRunWatcher.NotDelivered): watcher.NotDelivered(new Undelivered("a", "b")); break;
            case nameof(IRunWatcher.WatcherFailed): watcher.WatcherFailed("Counts", new IOException("A bug.")); break;
            default: Assert.Fail($"{method} is new: tell it here."); break;
        }
    }

    sealed class Counts : IRunWatcher
    {
        public List<string> Told { get; } = [];

        public List<(string, string)> Failed { get; } = [];

        public Exception? Fault { get; init; }

        public void RunStarting(TagGuard.Plans.Plan plan, GateReading before) => Note(nameof(RunStarting));

        public void CheckStarted(string check) => Note(nameof(CheckStarted));

        public void RowsRead(string check, long rows) => Note(nameof(RowsRead));

        public void RegionsRead(string check, ScanProgress progress) => Note(nameof(RegionsRead));

        public void AskedAgain(string check, AskedAgain again) => Note(nameof(AskedAgain));

        public void CheckEnded(CheckResult check) => Note(nameof(CheckEnded));

        public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left) => Note(nameof(Waiting));

        public void StageEnded(DateOnly date, StageResult result) => Note(nameof(StageEnded));

        public void NotDelivered(Undelivered undelivered) => Note(nameof(NotDelivered));

        public void WatcherFailed(string watcher, Exception fault)
        {
            Failed.Add((watcher, fault.Message));
            Note(nameof(WatcherFailed));
        }

        void Note(string what)
        {
            Told.Add(what);
            if (Fault is not null)
                throw Fault;
        }
    }
}
