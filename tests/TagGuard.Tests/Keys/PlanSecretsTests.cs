using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

public sealed class PlanSecretsTests
{
    static readonly PlanSecrets Secrets = new([
        new("${env:PASSWORD}", "hunter2-geheim"),
        new("${env:HOST}", "db7.intern.example"),
        new("${env:USER}", "etl_u"),
        new("${env:PATH_}", "/srv/house/"),
        new("${env:ODD}", "a b+c&d"),
        new("${env:SHORT}", "dw"),
        new("${env:PART}", "hunter2"),
    ]);

    [Theory]
    [InlineData("Access denied for hunter2-geheim.", "Access denied for ${env:PASSWORD}.")]
    [InlineData("xhunter2-geheimx", "x${env:PASSWORD}x")]
    [InlineData("no host DB7.Intern.Example:3306", "no host ${env:HOST}:3306")]
    [InlineData("for 'etl_u'@'%'", "for '${env:USER}'@'%'")]
    [InlineData("table etl_users of letl_u", "table etl_users of letl_u")]
    [InlineData("/srv/house/dw.db/t", "${env:PATH_}dw.db/t")]
    [InlineData("https://x/?q=a%20b%2Bc%26d", "https://x/?q=${env:ODD}")]
    [InlineData("dw.orders in dw", "dw.orders in dw")]
    [InlineData("hunter2 alone", "${env:PART} alone")]
    [InlineData("nothing", "nothing")]
    public void ASecretIsPutBackToWhatThePlanSays(string text, string hidden) => Assert.Equal(hidden, Secrets.Hide(text));
}
