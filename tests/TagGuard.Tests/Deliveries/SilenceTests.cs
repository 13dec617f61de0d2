using TagGuard.Application;
using TagGuard.Keys;
using TagGuard.StoreContracts;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Deliveries;

/// <summary>A date that nobody judged in time is mailed, once, by whichever process comes next.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    static readonly DateOnly Date = Given.Date;

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-silence-").FullName;
    readonly MailServer _server = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "plan.yaml"), $$"""
            name: {{Given.Plan}}
            timezone: Asia/Shanghai
            connections:
              files: { type: files, path: . }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: orders
                  path: { connection: files, path: "{date:yyyyMMdd}" }
              tags:
                - name: {{Given.Tags}}
                  path: { connection: files, path: "tags-{date:yyyyMMdd}" }
            notify:
              expected_by: "06:30"
              mail: { host: localhost, port: {{_server.Port}}, tls: off, from: tagguard@example.com, to: [duty@example.com] }
            """);
        await using var session = At(6, 0);
        await session.Store.InitAsync(Token);
    }

    /// <summary>A process that looks at a time of the morning after the date, by the plan's zone.</summary>
    PlanSession At(int hours, int minutes, int daysLater = 0) => PlanSession.Open(
        Path.Combine(_folder, "plan.yaml"),
        new HandClock(new DateTimeOffset(
            Date.AddDays(1 + daysLater).ToDateTime(new TimeOnly(hours, minutes)), TimeSpan.FromHours(8)).ToUniversalTime()));

    static async Task JudgeAsync(PlanSession session, DateOnly date, params string[] stages)
    {
        foreach (var stage in stages)
            await session.Store.SaveAsync(date, Given.Stage(stage, Given.Volumes([Given.Volume("A", 1)])));
    }

    static async Task<IReadOnlyList<DateOnly>> LookAsync(PlanSession session)
    {
        await using (session)
        {
            await OutboxPost.DeliverAsync(session, isWanted: null, Token);
            return await ExpectedRuns.MissingAsync(session, Token);
        }
    }

    IEnumerable<string> Subjects => _server.Mailbox
        .Select(mail => mail.Text.Split("\r\n").First(line => line.StartsWith("Subject: ", StringComparison.Ordinal)));

    [Fact]
    public async Task ItIsMailedWhenItsTimeHasComeAndOnce()
    {
        await JudgeAsync(At(1, 0), Date.AddDays(-1), "upstream", "tags");
        Assert.Empty(await LookAsync(At(6, 29)));
        Assert.Empty(Subjects);

        Assert.Equal([Date], await LookAsync(At(6, 30)));
        Assert.Equal([Date], await LookAsync(At(9, 0)));

        Assert.StartsWith("Subject: [TagGuard] 2011-11-15 NO RUN by 06:30", Assert.Single(Subjects), StringComparison.Ordinal);
        Assert.Contains("upstream, tags", _server.Mailbox[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADateThatIsJudgedInTimeIsNotMailedAndHalfOfOneIs()
    {
        await JudgeAsync(At(5, 0), Date, "upstream");
        Assert.Equal([Date], await LookAsync(At(7, 0)));
        Assert.Contains("Not judged so far: tags", _server.Mailbox[0].Text, StringComparison.Ordinal);

        await JudgeAsync(At(7, 30), Date, "tags");
        await JudgeAsync(At(5, 0, daysLater: 1), Date.AddDays(1), "upstream", "tags");

        Assert.Empty(await LookAsync(At(7, 0, daysLater: 1)));
        Assert.Single(Subjects);
    }

    [Fact]
    public async Task ManyDaysOfSilenceAreToldByTheNextProcessAndNoDayBeforeTheFirstRun()
    {
        await JudgeAsync(At(5, 0), Date, "upstream", "tags");

        Assert.Equal([Date.AddDays(1), Date.AddDays(2), Date.AddDays(3)], await LookAsync(At(7, 0, daysLater: 3)));

        Assert.Equal(3, Subjects.Count());
    }

    [Fact]
    public async Task AHeartbeatThatIsNoAddressIsAMistakeOfThePlan()
    {
        var file = Path.Combine(_folder, "plan.yaml");
        var text = await File.ReadAllTextAsync(file, Token);
        await File.WriteAllTextAsync(file, text.Replace("expected_by:", "heartbeat: here\n  expected_by:", StringComparison.Ordinal), Token);

        var fault = Assert.Throws<PlanException>(() => At(7, 0));

        Assert.Contains("begin it with https://", fault.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
