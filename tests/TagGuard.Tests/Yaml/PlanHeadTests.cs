using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;

namespace TagGuard.Tests.Yaml;

/// <summary>What a gate reads of a plan.</summary>
public sealed class PlanHeadTests
{
    const string Text = """
        name: small
        timezone: Asia/Shanghai
        gate: { max_age: 12h }
        connections:
          warehouse: { type: nonsense, password: "${env:TAGGUARD_NOT_SET}" }
          store: { type: sqlite, path: tagguard.db }
        stages:
          upstream:
            - name: a
              nonsense: true
          tags: []
        nonsense: true
        """;

    [Fact]
    public void AGateNeedsNameZoneAgeStoreAndStagesAndLooksAtNothingElse()
    {
        var head = SomePlan.InFile(Text, file => new PlanReader(Connections.All).ReadHead(file));

        Assert.Equal(("small", "Asia/Shanghai", TimeSpan.FromHours(12)), (head.Name, head.Timezone.Id, head.Gate.MaxAge));
        Assert.Equal(["upstream", "tags"], head.Stages.Keys);
        Assert.Equal(["store"], head.Connections.Keys);
    }

    [Fact]
    public void AGateWithoutAStoreIsAMistake()
    {
        var text = Text.Replace("store:", "stone:", StringComparison.Ordinal);

        Assert.Throws<PlanException>(() => SomePlan.InFile(text, file => new PlanReader(Connections.All).ReadHead(file)));
    }
}
