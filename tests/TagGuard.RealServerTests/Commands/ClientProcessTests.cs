using System.Globalization;
using TagGuard.Adapters.Command;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Commands;

/// <summary>A client is started without a shell, gets what the plan says, and is ended with all that it started.</summary>
public sealed class ClientProcessTests
{
    const string Answer = "echo \"tag:$mark:1:33:end\"";

    [Fact]
    public async Task AFailureIsToldWithWhatTheClientSaidAndItsExitCode()
    {
        using var client = new FakeClient("echo 'INFO: connecting' >&2; echo 'Error: queue is full (state=42000,code=7)' >&2; echo bye >&2; exit 3");

        var fault = await client.FaultAsync();

        Assert.Equal("source (./client): queue is full (state=42000,code=7). (exit 3)", fault.Message);
        Assert.Contains("INFO: connecting", fault.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal((false, false), (fault.IsAbsent, fault.IsTransient));
    }

    [Theory]
    [InlineData("echo 'Error: Could not open client transport: java.net.ConnectException: Connection refused' >&2; exit 2", false, true)]
    [InlineData("echo 'FAILED: SemanticException [Error 10001]: Line 1:14 Table not found x' >&2; exit 1", true, false)]
    [InlineData("echo 'it only says this'; exit 1", false, false)]
    [InlineData("kill -9 $$", false, false)]
    [InlineData("echo \"tag:$mark:1:33:end\"; exit 1", false, false)]
    [InlineData("echo 'WARN: Connection refused, trying the next' >&2; echo 'Error: queue is full' >&2; exit 2", false, false)]
    public async Task WhatMayPassIsToldFromWhatWillNot(string script, bool isAbsent, bool isTransient)
    {
        using var client = new FakeClient(script);

        var fault = await client.FaultAsync();

        Assert.Equal((isAbsent, isTransient), (fault.IsAbsent, fault.IsTransient));
        Assert.Contains("(exit ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAPlanBehindSparksErrorNothingIsTold()
    {
        using var client = new FakeClient(
            "echo 'WARN Utils: a name' >&2;"
            + " echo '[UNRESOLVED_COLUMN.WITH_SUGGESTION] no such x; line 1 pos 7;' >&2; echo '+- Range (0, 1)' >&2; exit 1");

        Assert.Equal(
            "source (./client): [UNRESOLVED_COLUMN.WITH_SUGGESTION] no such x; line 1 pos 7. (exit 1)", (await client.FaultAsync()).Message);
    }

    [Fact]
    public async Task OfALongLogTheEndIsKeptWhereTheErrorStands()
    {
        using var client = new FakeClient("yes 'Error: this was overcome' | head -c 1000000 >&2; echo >&2; echo 'Error: queue is full' >&2; exit 3");

        Assert.Equal("source (./client): queue is full. (exit 3)", (await client.FaultAsync()).Message);
    }

    [Theory]
    [InlineData("Error: java.lang.RuntimeException: the disk is gone (state=,code=0)", false)]
    [InlineData("Error: [DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve \"elt(1, m)\" due to data type mismatch (state=42K09,code=0)", true)]
    [InlineData("FAILED: SemanticException [Error 10016]: The 2nd argument of function ELT is expected to a primitive type, but map is found", true)]
    public async Task RowsAreOnlyCountedInPlaceOfTheirValueWhereTheirTypesMakeNoText(string error, bool isCounted)
    {
        using var client = new FakeClient($"case \"$1\" in *elt*) echo '{error}' >&2; exit 1;; esac; {Answer}");

        if (isCounted)
            Assert.Equal("a row whose columns cannot all be written as text", (await client.RowsAsync()).First);
        else
            Assert.Contains("the disk is gone", (await client.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Answer)]
    [InlineData("exit 3")]
    public async Task WhatAClientLeavesRunningIsEndedWithIt(string script)
    {
        using var client = new FakeClient($"sleep 600 >/dev/null 2>&1 & echo $! >child; {script}");

        await Record.ExceptionAsync(() => client.RowsAsync());

        await GoneAsync(client.Text("child"));
    }

    [Theory]
    [InlineData("sleep 600")]
    [InlineData("trap '' TERM; while :; do sleep 1; done")]
    [InlineData("(trap '' TERM; exec sleep 600) & wait")]
    public async Task WhoTakesTooLongIsEndedWithItsChildren(string script)
    {
        using var client = new FakeClient($"echo last words >&2; sleep 600 & echo $! >child; echo $$ >self; {script}", TimeSpan.FromSeconds(2));

        var fault = await client.FaultAsync();

        Assert.Contains(
            "ran for 2 s and was stopped: raise `timeout` of the connection. It said last: last words", fault.Message, StringComparison.Ordinal);
        await GoneAsync(client.Text("child"));
        await GoneAsync(client.Text("self"));
    }

    [Fact]
    public async Task WhoGivesUpEndsTheClientWithItsChildren()
    {
        using var client = new FakeClient("sleep 600 & echo $! >child; wait");
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asking = client.RowsAsync(cancellationToken: wish.Token);
        var child = await client.WrittenAsync("child");

        await wish.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await GoneAsync(child);
    }

    [Fact]
    public async Task NoShellSeesAValueAndAStatementIsOneArgumentInAscii()
    {
        using var client = new FakeClient($"printf '%s\\n' \"$#\" \"$1\" >arguments; {Answer}");

        await client.RowsAsync("select '$(touch hacked) `touch hacked` 标 ; -- it\\'s \\\\ ${x}' as a, -- why\n  @date from t");

        var lines = client.Text("arguments").Split('\n');
        Assert.Equal("1", lines[0]);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith(
            @"(select '\u0024(touch hacked) \u0060touch hacked\u0060 \u6807 \u003b -\u002d it\u0027s \\ \u0024{x}' as a,     cast("
                + "'2026-01-02' as date) from t) q) r",
            lines[1], StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(client.Folder, "hacked")));
    }

    [Fact]
    public async Task AStatementGoesIntoAFileWhereThePlanSaysSoAndTheFileIsGoneAfterwards()
    {
        using var client = new FakeClient("path=$2; cp $path got; stat -c %a $(dirname $path) >rights; echo $path >path\n"
            + "mark=$(sed -E 's/.*ag:([0-9a-f]{16}):.*/\\1/' $path); echo \"tag:$mark:1:33:end\"")
        {
            Plan = new() { Command = ["./client", "-f", "{file}"], Dialect = CommandDialect.Hive },
        };
        var sql = "select '" + new string('x', 200_000) + "'";

        Assert.Equal("3", (await client.RowsAsync(sql)).First);

        Assert.EndsWith(" q) r;", client.Text("got"), StringComparison.Ordinal);
        Assert.Equal("700", client.Text("rights"));
        Assert.False(File.Exists(client.Text("path")));
    }

    [Fact]
    public async Task AStatementThatIsTooLongForAnArgumentSaysSo()
    {
        using var client = new FakeClient(Answer);

        var fault = await Assert.ThrowsAsync<SourceException>(() => client.RowsAsync("select '" + new string('x', 200_000) + "'"));

        Assert.Contains("Linux takes arguments of up to 131071: give it as a file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VariablesOfThePlanAreThoseOfTheClientAndItsInputIsEmpty()
    {
        using var client = new FakeClient($"cat >input; echo \"$OPTIONS|$HOME\" >variables; {Answer}")
        {
            Plan = new()
            {
                Command = ["./client", "{sql}"],
                Dialect = CommandDialect.Spark,
                Environment = new Dictionary<string, string> { ["OPTIONS"] = "-Xmx512m $HOME" },
            },
        };

        await client.RowsAsync();

        Assert.Equal($"-Xmx512m $HOME|{Environment.GetEnvironmentVariable("HOME")}", client.Text("variables"));
        Assert.Empty(client.Text("input"));
    }

    [Theory]
    [InlineData("no-such-client-here", "no no-such-client-here in PATH")]
    [InlineData("./not-there", "/not-there is not there")]
    [InlineData("/etc/passwd", "cannot be executed")]
    public async Task AProgramThatIsNotThereIsAMistakeOfThePlan(string program, string told)
    {
        using var client = new FakeClient("true") { Plan = new() { Command = [program, "{sql}"], Dialect = CommandDialect.Hive } };

        var fault = await client.FaultAsync();

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal((false, false), (fault.IsAbsent, fault.IsTransient));
    }

    /// <summary>A process that its parent has not waited for yet is a zombie.</summary>
    static async Task GoneAsync(string id)
    {
        var number = int.Parse(id, CultureInfo.InvariantCulture);
        while (File.Exists($"/proc/{number}/stat")
            && !(await File.ReadAllTextAsync($"/proc/{number}/stat", TestContext.Current.CancellationToken))
                .Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}
