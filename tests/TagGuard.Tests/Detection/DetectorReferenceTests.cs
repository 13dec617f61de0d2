using TagGuard.Benchmarks.Detect;
using TagGuard.Detection;

namespace TagGuard.Tests.Detection;

/// <summary>The scores of real tags with labelled faults, against those of the recipe in plain Python.</summary>
public sealed class DetectorReferenceTests
{
    const int EveryNth = 10;

    [Fact]
    public void TheScoresAreThoseOfTheReference()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("TAGGUARD_SHARED") ?? Path.Combine(Root(), "..", "shared"), "data", "stock");
        if (!File.Exists(Path.Combine(folder, "stockdev_tg3_scores.npy")))
            Assert.Skip($"The labelled tags are not in {folder}. Set TAGGUARD_SHARED to the folder that has data/stock.");
        var set = DetectSet.Load(folder, "stockdev");
        var reference = DetectSet.ReadNpy(Path.Combine(folder, "stockdev_tg3_scores.npy"));
        var sample = set.Batches.Where((batch, i) => i % EveryNth == 0).ToList();
        Assert.NotEmpty(sample);
        foreach (var batch in sample)
        {
            var result = Detector.Judge(set.MorningOf(batch), DetectorSettings.Reference);
            for (var i = 0; i < batch.Rows.Count; i++)
                Assert.Equal(reference[batch.Rows[i]], result.Tags[i].Score, 1e-6);
        }
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "TagGuard.sln")))
            folder = parent;
        return folder.FullName;
    }
}
