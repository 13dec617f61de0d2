using TagGuard.Adapters.Command;

namespace TagGuard.RealServerTests.Commands;

/// <summary>What a client prints is the whole answer, or refused.</summary>
public sealed class ClientAnswerTests
{
    [Theory]
    [InlineData("echo \"tag:$mark:1:33:end\"")]
    [InlineData("echo; echo \"tagguard_$mark\"; echo \"tag:$mark:1:33:end\"; echo")]
    [InlineData("echo \"0: jdbc:hive2://127.0.0.1:10000> tagguard_$mark\"; echo \"tag:$mark:1:33:end\"")]
    [InlineData("echo \"'tagguard_$mark'\"; echo \"'tag:$mark:1:33:end'\"")]
    [InlineData("printf '\"TAGGUARD_%s\"\\r\\n\"tag:%s:1:33:end\"\\r\\n' ${mark^^} $mark")]
    [InlineData("echo 'WARN: all of this is a log' >&2; printf \"tag:$mark:1:33:end\"")]
    [InlineData("head -c 1000000 /dev/zero >&2; echo \"tag:$mark:1:33:end\"")]
    [InlineData("sleep 600 & echo $! >child; echo \"tag:$mark:1:33:end\"")]
    public async Task TheAnswerIsReadHoweverTheClientWritesIt(string script)
    {
        using var client = new FakeClient(script);

        var answer = await client.RowsAsync();

        Assert.Equal((1, "3", "select 3"), (answer.Rows, answer.First, answer.Asked));
    }

    [Theory]
    [InlineData("true", true, "without the answer")]
    [InlineData("echo; echo \"tagguard_$mark\"", true, "without the answer")]
    [InlineData("printf \"tag:$mark:1:3\"", true, "is cut")]
    [InlineData("printf \"tag:$mark:1:3\" | head -c 12", false, "no part of the answer")]
    [InlineData("echo \"tag:$mark:1:WARN lost a block 33:end\"", true, "something else")]
    [InlineData("echo \"tag:$mark:1:33:end\" | sed 's/:end/:en/'", true, "is cut")]
    [InlineData("echo \"'tag:$mark:1:33:end\"", true, "is cut")]
    [InlineData("echo 'WARN: a log line'; echo \"tag:$mark:1:33:end\"", false, "`WARN: a log line`")]
    [InlineData("echo \"tag:$mark:1:33:end\"; echo 'Time taken: 3 s'", false, "`Time taken: 3 s`")]
    [InlineData("echo \"tag:$mark:1:33:end\"; echo \"tag:$mark:1:33:end\"", false, "twice")]
    [InlineData("echo 'tag:0123456789abcdef:1:33:end'", false, "no part of the answer")]
    [InlineData("echo \"| tag:$mark:1:33:end |\"", true, "draws a table")]
    [InlineData("echo '+-----+'", false, "no part of the answer")]
    [InlineData("echo \"\\u0074ag:$mark:1:33:end\"", false, "escapedStringLiterals")]
    [InlineData("echo \"tag:$mark:1:3x:end\"", true, "something else")]
    [InlineData("echo \"tag:$mark:1:333:end\"", false, "hexadecimal")]
    [InlineData("yes 0123456789", false, "more than 64 MB")]
    [InlineData("yes | tr -d '\\n'", false, "more than 64 MB")]
    public async Task AnythingElseIsRefusedAndNeverCountedShort(string script, bool mayPass, string told)
    {
        using var client = new FakeClient(script);

        var fault = await client.FaultAsync();

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal((false, mayPass), (fault.IsAbsent, fault.IsTransient));
    }

    [Theory]
    [InlineData("2:74/41/1/2/3/4/5/6/7/8/9:end")]
    [InlineData("1:74/41/1/2/3/4/5/6/7/8:end")]
    [InlineData("2:74/41/1/2/3/4/5/6/7/8/9,74/42/1/2/3/4/5/6/7/8:end")]
    [InlineData("0:74/41/1/2/3/4/5/6/7/8/9:end")]
    public void RowsThatAreFewerThanSaidOrHaveOtherFieldsAreRefused(string answer)
    {
        var frame = new AnswerFrame();
        var mark = frame.Count.Split(':')[1];

        Assert.Throws<TagGuard.Adapters.Sources.Sql.SqlFault>(() => frame.ReadRows($"tag:{mark}:{answer}", 11, "asked"));
        Assert.Equal(["74", "-"], frame.ReadRows($"tag:{mark}:1:74/-:end\n", 2, "asked").Single());
    }
}
