using System.Text.Json.Nodes;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The mail of a run, from the built program to the mailboxes of a real mail server.</summary>
public sealed class OutboxTests(Postfix postfix) : IClassFixture<Postfix>
{
    static readonly string Date = $"{SmallWarehouse.First:yyyy-MM-dd}";

    /// <summary>A warehouse whose date is judged for the first time; the tests share the mailboxes, so each has a plan's name of its own.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(string name, string mail)
    {
        var plan = SmallWarehouse.Plan.Replace("name: small", $"name: {name}", StringComparison.Ordinal);
        var warehouse = new SmallWarehouse($"{plan}\nnotify:\n  mail: {{ {mail} }}\n").Write(SmallWarehouse.First, 1);
        (await warehouse.Tagguard.RunAsync("init")).Expect(0);
        return warehouse;
    }

    static Task<Outcome> RunAsync(SmallWarehouse warehouse) => warehouse.Tagguard.RunAsync("run", "--date", Date);

    async Task<JsonNode> MailOfAsync(string box, string plan)
    {
        for (var tries = 0; ; tries++)
        {
            foreach (var file in postfix.Mailbox(box))
            {
                var mail = await Mail.ReadAsync(file);
                if (((string)mail["subject"]!).Contains($"({plan})", StringComparison.Ordinal))
                    return mail;
            }
            Assert.True(tries < 50, $"{box} has no mail of {plan}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    static void MakeDue(SmallWarehouse warehouse)
    {
        using var database = SqliteDatabase.Open(Path.Combine(warehouse.Folder, "tagguard.db"), Access.Write, TimeSpan.FromSeconds(5));
        database.Execute("update outbox set next_attempt = created");
    }

    [Theory]
    [InlineData("starttls", "starttls")]
    [InlineData("implicit", "implicit")]
    public async Task ARunMailsItsReportByItselfAndAgainOnlyWhenSomethingHasChanged(string plan, string tls)
    {
        var mail = postfix.Plan("wang", "li").Replace(
            $"port: {postfix.Port}", $"port: {(tls == "implicit" ? postfix.ImplicitPort : postfix.Port)}, tls: {tls}", StringComparison.Ordinal);
        using var warehouse = await WarehouseAsync(plan, mail);

        var first = await RunAsync(warehouse);
        var again = await RunAsync(warehouse);
        Directory.Delete(warehouse.FolderOf("tags", SmallWarehouse.First), recursive: true);
        var changed = await RunAsync(warehouse);

        string[] both = ["wang@example.com", "li@example.com"];
        Assert.Equal(both, Mail.Texts(first.Line["mailed"]!));
        Assert.Null(again.Line["mailed"]);
        Assert.Null(again.Line["not_delivered"]);
        Assert.Equal(both, Mail.Texts(changed.Line["mailed"]!));
        var got = await MailOfAsync("wang", plan);
        Assert.Equal(["wang@example.com", "li@example.com"], Mail.Texts(got["to"]!));
        Assert.Empty(got["defects"]!.AsArray());
        Assert.Equal((string)got["id"]!, (string)(await MailOfAsync("li", plan))["id"]!);
        var left = (await warehouse.Tagguard.RunAsync("outbox")).Expect(0);
        Assert.Empty(left.Line["waiting"]!.AsArray());
    }

    [Fact]
    public async Task OneWhoIsRefusedIsGivenUpAndToldToTheAdminOneWhoIsBusyWaitsAndTheOthersGetTheirs()
    {
        using var warehouse = await WarehouseAsync("refused", $"admin: admin@example.com, {postfix.Plan("nobody", "busy", "wang")}");

        var run = await RunAsync(warehouse);

        Assert.Equal(["wang@example.com", "admin@example.com"], Mail.Texts(run.Line["mailed"]!));
        Assert.Contains("450", (string)run.Line["not_delivered"]![0]!["reason"]! + run.Error, StringComparison.Ordinal);
        var outbox = (await warehouse.Tagguard.RunAsync("outbox")).Expect(0);
        var (waiting, dead) = (outbox.Line["waiting"]![0]!, outbox.Line["dead"]![0]!);
        Assert.Equal(("busy@example.com", 1), ((string)waiting["to"]!, (int)waiting["attempts"]!));
        Assert.Equal("nobody@example.com", (string)dead["to"]!);
        Assert.Contains("answered 550", (string)dead["answer"]!, StringComparison.Ordinal);
        var letter = await MailOfAsync("admin", "refused");
        Assert.StartsWith($"[TagGuard] {Date} MAIL NOT DELIVERED to nobody@example.com", (string)letter["subject"]!, StringComparison.Ordinal);
        Assert.Contains("answered 550", (string)letter["text"]!, StringComparison.Ordinal);
        var report = await File.ReadAllTextAsync(
            (string)(await warehouse.Tagguard.RunAsync("report", "--date", Date)).Expect(0).Line["report"]!, TestContext.Current.CancellationToken);
        Assert.Contains("nobody@example.com: given up", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down", "cannot be used")]
    [InlineData("not-trusted", "could not be encrypted")]
    [InlineData("password", "does not let tagguard in")]
    public async Task AServerThatCannotBeUsedChangesNoGateAndTheMailGoesWhenItIsBack(string plan, string told)
    {
        var sound = postfix.Plan("wang");
        var broken = plan switch
        {
            "down" => sound.Replace($"port: {postfix.Port}", $"port: {Ports.Free()}", StringComparison.Ordinal),
            "not-trusted" => sound.Replace($"ca: {postfix.Certificate}, ", "", StringComparison.Ordinal),
            _ => sound.Replace(Postfix.Password, "battery staple", StringComparison.Ordinal),
        };
        using var warehouse = await WarehouseAsync(plan, broken);

        var run = await RunAsync(warehouse);
        var gate = await warehouse.Tagguard.RunAsync("gate", "--stage", "tags", "--date", Date);
        await warehouse.EditPlanAsync(broken, sound);
        var early = (await warehouse.Tagguard.RunAsync("outbox", "--send")).Expect(0);
        MakeDue(warehouse);
        var late = (await warehouse.Tagguard.RunAsync("outbox", "--send")).Expect(0);

        Assert.Equal(gate.Exit, run.Exit);
        Assert.Contains(told, (string)run.Line["not_delivered"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("battery", run.Output + run.Stamped, StringComparison.Ordinal);
        Assert.Empty(early.Line["sent"]!.AsArray());
        Assert.Equal(["wang@example.com"], Mail.Texts(late.Line["sent"]!));
        await MailOfAsync("wang", plan);
    }
}
