using TagGuard.Adapters.Yaml;

namespace TagGuard.Tests.Yaml;

public class PlanSecretTests
{
    [Theory]
    [InlineData("${env:HDFS_PASSWORD}", SomePlan.Password)]
    [InlineData("<${env:HDFS_PASSWORD}|${env:PORT}>", "<" + SomePlan.Password + "|9870>")]
    [InlineData("$${env:HDFS_PASSWORD}", "${env:HDFS_PASSWORD}")]
    [InlineData("a$${b}$c{d}$", "a${b}$c{d}$")]
    [InlineData("$$5", "$$5")]
    public void SecretsAreFilledIn(string written, string read) => Assert.Equal(read, Files($"password: \"{written}\"").Password);

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("  two words  ", "  two words  ")]
    [InlineData("${env:HDFS_PASSWORD}", "${env:HDFS_PASSWORD}")]
    public void AFileIsASecretWithoutItsLastLineEnd(string content, string read) => SomePlan.InFile(content, file =>
    {
        Assert.Equal(read, Files($"password: \"${{file:{file}}}\"").Password);
        // Plans of these tests lie in the same folder.
        Assert.Equal(read, Files($"password: \"${{file:{Path.GetFileName(file)}}}\"").Password);
        return 0;
    });

    [Theory]
    [InlineData("hun\0ter", "U+0000")]
    [InlineData("hun\nter", "U+000A")]
    [InlineData("hun\r\nter\n", "U+000D")]
    [InlineData("hun\u202Eter", "U+202E")]
    [InlineData("\uFEFFhunter", "U+FEFF")]
    public void ASecretOfMoreThanOneLineOfShownTextIsAMistakeThatDoesNotShowIt(string content, string name) => SomePlan.InFile(content, file =>
    {
        var mistake = Assert.Single(SomePlan.Mistakes(SomePlan.Of(hdfs: $"{{ type: files, folder: /mnt, password: \"${{file:{file}}}\" }}")));

        Assert.Contains(name, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hun", mistake.Message, StringComparison.Ordinal);
        return 0;
    });

    [Fact]
    public void ASecretFileThatIsNoTextIsAMistake() => SomePlan.InFile("", file =>
    {
        File.WriteAllBytes(file, [0x68, 0xFF, 0x69]);

        Assert.Contains(
            "not UTF-8",
            Assert.Single(SomePlan.Mistakes(SomePlan.Of(hdfs: $"{{ type: files, folder: /mnt, password: \"${{file:{file}}}\" }}"))).Message,
            StringComparison.Ordinal);
        return 0;
    });

    [Fact]
    public void ANumberMayBeASecret() => Assert.Equal(9870, Files("port: ${env:PORT}").Port);

    [Theory]
    [InlineData("port: ${env:NOT_A_NUMBER}")]
    [InlineData("timeout: ${env:NOT_A_NUMBER}")]
    [InlineData("since: ${env:NOT_A_NUMBER}")]
    [InlineData("password: ${env:NOT_A_NUMBER}, colour: red")]
    [InlineData("password: ${env:NOT_A_NUMBER}, port: \"x${env:NOT_A_NUMBER}\"")]
    [InlineData("password: ${env:NOT_A_NUMBER}, only: [\"${env:NOT_A_NUMBER}\", {}]")]
    [InlineData("password: ${env:NOT_A_NUMBER}, weights: { a: \"${env:NOT_A_NUMBER}\" }")]
    public void NoMistakeShowsASecret(string keys)
    {
        var mistakes = SomePlan.Mistakes(SomePlan.Of(hdfs: $"{{ type: files, folder: /mnt, {keys} }}"));

        Assert.NotEmpty(mistakes);
        Assert.All(mistakes, mistake => Assert.DoesNotContain(SomePlan.Password, mistake.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void WhatAPartSaysOfItselfShowsTheSecretAsThePlanWritesIt()
    {
        var mistake = Assert.Single(SomePlan.Mistakes(SomePlan.Of(hdfs: "{ type: files, folder: echo, password: \"${env:HDFS_PASSWORD}\" }")));

        Assert.Equal("The password ${env:HDFS_PASSWORD} does not go with the folder: use another.", mistake.Message);
    }

    [Fact]
    public void AConnectionDoesNotPrintItsSecrets() =>
        Assert.DoesNotContain(
            SomePlan.Password,
            string.Join(' ', SomePlan.Read(SomePlan.Sample), SomePlan.Read(SomePlan.Sample).Connections["hdfs"]),
            StringComparison.Ordinal);

    [Fact]
    public void TheVariablesOfTheProcessAreReadUnlessOthersAreGiven()
    {
        Environment.SetEnvironmentVariable("TAGGUARD_TEST_SECRET", "from the process");
        var plan = SomePlan.InFile(
            SomePlan.Of(hdfs: "{ type: files, folder: \"${env:TAGGUARD_TEST_SECRET}\" }"),
            file => new PlanReader(SomePlan.Types).Read(file));

        Assert.Equal("from the process", ((FilesPlan)plan.Connections["hdfs"]).Folder);
    }

    static FilesPlan Files(string keys) =>
        (FilesPlan)SomePlan.Read(SomePlan.Of(hdfs: $"{{ type: files, folder: /mnt, {keys} }}")).Connections["hdfs"];
}
