using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A run that is killed (-9) anywhere between its verdict and the delivery of its mail, and a real mail server.</summary>
public sealed class KilledMailTests(Postfix postfix, ITestOutputHelper output) : IClassFixture<Postfix>
{
    static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("TAGGUARD_MAIL_KILLS") ?? "10", CultureInfo.InvariantCulture);

    static readonly string[] People = ["wang", "li"];

    [Fact]
    public async Task EachRecipientGetsTheMailOfEachRunOnceWhereverThatWasKilled()
    {
        using var warehouse = new SmallWarehouse($"{SmallWarehouse.Plan}\nnotify:\n  mail: {{ {postfix.Plan(People)} }}\n");
        (await warehouse.Tagguard.RunAsync("init")).Expect(0);
        var longest = await AfterVerdictAsync(warehouse, SmallWarehouse.First, kill: null);
        var random = new Random(15);

        var killed = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            var date = SmallWarehouse.First.AddDays(round);
            if (await AfterVerdictAsync(warehouse, date, kill: longest * random.NextDouble()) is var took && took < longest)
                killed++;
            // Another process comes; the next round's run would do as well.
            if (round % 2 == 0)
                (await warehouse.Tagguard.RunAsync("outbox", "--send")).Expect(0);
        }
        (await warehouse.Tagguard.RunAsync("outbox", "--send")).Expect(0);

        var (lost, doubled, doubtful) = (0, 0, Doubtful(warehouse));
        foreach (var name in People)
        {
            var ids = (await MailboxAsync(name)).CountBy(id => id).ToDictionary();
            var dates = Enumerable.Range(0, Rounds + 1).Select(round => SmallWarehouse.First.AddDays(round)).ToList();
            Assert.All(dates, date => Assert.True(ids.Keys.Count(id => id.Contains($"{date:yyyy-MM-dd}.", StringComparison.Ordinal)) <= 1));
            lost += dates.Count(date => !ids.Keys.Any(id => id.Contains($"{date:yyyy-MM-dd}.", StringComparison.Ordinal)));
            foreach (var (id, count) in ids.Where(id => id.Value > 1))
            {
                doubled += count - 1;
                // Nobody can know whether these had arrived: they came with the same identity.
                Assert.Contains($"{name}@example.com {id}", doubtful);
            }
        }
        output.WriteLine($"{Rounds} runs, {killed} killed before their end: {lost} lost, {doubled} sent twice, {doubtful.Count} in doubt.");
        Assert.Equal(0, lost);
    }

    /// <summary>Runs a date; how long it took from its verdict to its end, or until it was killed.</summary>
    static async Task<TimeSpan> AfterVerdictAsync(SmallWarehouse warehouse, DateOnly date, TimeSpan? kill)
    {
        using var run = warehouse.Tagguard.Start("run", "--stage", "upstream", "--date", $"{date:yyyy-MM-dd}");
        while (await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("CLOSED upstream", StringComparison.Ordinal))
                break;
        }
        var since = Stopwatch.GetTimestamp();
        if (kill is { } after)
        {
            using var end = new CancellationTokenSource(after);
            await run.WaitForExitAsync(end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            run.Kill(entireProcessTree: true);
        }
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>The identities of the mails in a mailbox, once nothing is on its way there any more.</summary>
    async Task<IReadOnlyList<string>> MailboxAsync(string name)
    {
        var files = await postfix.MailboxAsync(name, Rounds + 1);
        var ids = new List<string>();
        foreach (var file in files)
        {
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            ids.Add(lines.First(line => line.StartsWith("Message-Id: <", StringComparison.OrdinalIgnoreCase))["Message-Id: <".Length..].TrimEnd('>'));
        }
        return ids;
    }

    static HashSet<string> Doubtful(SmallWarehouse warehouse)
    {
        using var database = SqliteDatabase.Open(Path.Combine(warehouse.Folder, "tagguard.db"), Access.Read, TimeSpan.FromSeconds(5));
        using var rows = database.Prepare("select recipient || ' ' || message_id from outbox where doubts > 0");
        var doubtful = new HashSet<string>();
        while (rows.Read())
            doubtful.Add(rows.Text(0));
        return doubtful;
    }
}
