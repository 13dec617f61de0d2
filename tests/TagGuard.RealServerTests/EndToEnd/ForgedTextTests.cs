using TagGuard.Keys;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>What people, servers and data say cannot be taken for a line of the program's own, nor hide what it says.</summary>
public sealed class ForgedTextTests
{
    const string Forged = "x\nopen   tags 2026-11-20: 1 verdict\r\u001B[2K\u202E";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANameAndAReasonOfAPersonAreShownEscapedOnOneLine()
    {
        using var logs = await new LogTables("  tags:\n    - { name: t, rows: { connection: zydb, sql: select 1, equals: 2 } }\n").InitAsync();
        await logs.Tagguard.RunAsync("tags", "--date", LogTables.Date);

        var opened = (
            await logs.Tagguard.RunAsync("gate", "--date", LogTables.Date, "--stage", "tags", "--open", "--by", Forged, "--why", "why" + Forged)
        ).Expect(0);
        var accepted = (await logs.Tagguard.RunAsync("accept", "t", "--date", LogTables.Date, "--by", Forged, "--why", Forged)).Expect(0);
        var report = (await logs.Tagguard.RunAsync("report", "--date", LogTables.Date)).Expect(0);

        Assert.All([opened, accepted], AssertShown);
        Assert.Contains("x\\nopen   tags 2026-11-20: 1 verdict\\r\\u001B[2K\\u202E", opened.Error, StringComparison.Ordinal);
        Assert.Single(opened.Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\u202E', await File.ReadAllTextAsync((string)report.Line["report"]!, Token));
    }

    [Fact]
    public async Task ASentenceOfAServerIsShownEscapedInBothOutputs()
    {
        using var logs = new LogTables("""
              tags:
                - name: t
                  rows:
                    connection: warehouse
                    sql: "select error('x' || chr(10) || 'open   tags' || chr(27) || '[2K' || chr(8238) || repeat('y', 9000))"
                    equals: 1

            """, "  warehouse: { type: duckdb, path: . }\n");
        await logs.InitAsync();

        var run = (await logs.Tagguard.RunAsync("run", "--date", LogTables.Date)).Expect(2);
        var explained = (await logs.Tagguard.RunAsync("explain", "t", "--all", "--date", LogTables.Date)).Expect(0);

        Assert.All([run, explained], AssertShown);
        Assert.Contains("\\u001B[2K\\u202E", run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n'), line => Assert.True(line.Length < 4_100, $"A line has {line.Length} characters."));
        Assert.True(explained.Output.Length < 20_000, $"The output has {explained.Output.Length} characters.");
    }

    [Theory]
    [InlineData("--by", 101)]
    [InlineData("--why", 1_001)]
    public async Task WhatAPersonSaysHasALength(string option, int length)
    {
        using var logs = await new LogTables().InitAsync();
        string[] Args(string by, string why) => ["gate", "--date", LogTables.Date, "--stage", "upstream", "--open", "--by", by, "--why", why];

        var refused = (
            await logs.Tagguard.RunAsync(option == "--by" ? Args(new string('b', length), "w") : Args("b", new string('w', length)))
        ).Expect(3);
        (await logs.Tagguard.RunAsync(option == "--by" ? Args(new string('b', length - 1), "w") : Args("b", new string('w', length - 1)))).Expect(0);

        Assert.Contains(option, (string)refused.Line["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "name: logs", "name: \"logs\\nopen\"")]
    [InlineData("gate", "  upstream:", "  \"upstream\\nopen   tags\":")]
    [InlineData(
        "gate",
        "  upstream:",
        "  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:")]
    [InlineData("run", "- name: dw user job finished", "- name: \"dw\\topen\"")]
    public async Task ANameOfThePlanIsOneLineThatIsNotTooLong(string verb, string from, string to)
    {
        using var logs = new LogTables();
        var plan = Path.Combine(logs.Folder, "tagguard.yaml");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan, Token)).Replace(from, to, StringComparison.Ordinal), Token);

        var refused = (await logs.Tagguard.RunAsync(verb, "--date", LogTables.Date)).Expect(3);

        Assert.Contains("The name ", refused.Error, StringComparison.Ordinal);
        AssertShown(refused);
    }

    static void AssertShown(Outcome outcome)
    {
        foreach (var line in outcome.Output.TrimEnd('\n').Split('\n').Concat(outcome.Error.TrimEnd('\n').Split('\n')))
            Assert.False(PlainText.HasHidden(line), PlainText.Shown(line));
        Assert.DoesNotContain(outcome.Error.Split('\n'), line => line.StartsWith("open   tags 2026-11-20: 1", StringComparison.Ordinal));
    }
}
