using System.Security.Cryptography;
using System.Text;
using TagGuard.RealServerTests.Support;
using TagGuard.RealServerTests.WebHdfs;

namespace TagGuard.RealServerTests.Exports;

/// <summary>The built program: the call centre's file on a server, against the warehouse.</summary>
[Collection("sshd")]
public sealed class ExportPlanTests(Engines engines)
{
    const string Date = "2026-01-02";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnSftpTheFileOfTheDayIsCheckedAndComparedDownToItsUsers()
    {
        await using var server = await SshServer.StartAsync();
        await CheckAsync(
            $"type: sftp, host: 127.0.0.1, port: {server.Port}, user: {SshServer.User}, key: {server.Key}, "
                + $"host_key: [\"{server.Fingerprint}\"], path: {server.Out}",
            (name, text) => File.WriteAllTextAsync(Path.Combine(server.Out, name), text, Token),
            "OpenSSH");
    }

    [Fact]
    public async Task OnFtpTheFileOfTheDayIsCheckedAndComparedDownToItsUsers()
    {
        await using var server = await FtpServer.StartAsync("force_anon_logins_ssl=YES", "force_anon_data_ssl=YES");
        await CheckAsync(
            $"type: ftp, host: localhost, port: {server.Port}, password: \"{FtpServer.Password}\", tls_ca: {server.Certificate}, path: /out",
            (name, text) => File.WriteAllTextAsync(Path.Combine(server.Out, name), text, Token),
            "encrypted");
    }

    [Fact]
    public async Task InAFolderTheFileOfTheDayIsCheckedAndComparedDownToItsUsers()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-out-").FullName;
        await CheckAsync($"type: files, path: {folder}", (name, text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, Token), folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task OnHdfsTheFileOfTheDayIsCheckedAndComparedDownToItsUsers()
    {
        await engines.UpAsync("hdfs");
        await using var hdfs = new HdfsFolder();
        await CheckAsync(
            $"type: webhdfs, urls: [\"{HdfsFolder.NameNode}\"], user: root",
            (name, text) => hdfs.WriteAsync($"{hdfs.Root}/{name}", text),
            "active",
            hdfs.Root.TrimStart('/') + "/");
    }

    static async Task CheckAsync(string connection, Func<string, string, Task> writeAsync, string probe, string before = "")
    {
        using var small = new SmallWarehouse(Plan(connection, before)).Write(SmallWarehouse.First, 2);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var none = await small.Tagguard.RunAsync("reconcile", "--date", Date);
        await writeAsync("users_20260102.csv", Rows(_ => true));
        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(0);
        var dry = (await small.Tagguard.RunAsync("reconcile", "--date", Date, "--dry-run")).Expect(0);
        var whole = (await small.Tagguard.RunAsync("reconcile", "--date", Date)).Expect(0);
        await writeAsync("users_20260102.csv", Rows(user => user is not (7 or 8)));
        await writeAsync("users_20260102.csv.sha256", $"{new string('0', 64)}  users_20260102.csv\n");
        var half = (await small.Tagguard.RunAsync("reconcile", "--date", Date)).Expect(1);

        Assert.NotEqual(0, none.Exit);
        Assert.Contains("users_20260102.csv is not there.", none.Error, StringComparison.Ordinal);
        Assert.Contains(probe, doctor.Error, StringComparison.Ordinal);
        Assert.Contains("users_20260102.csv", dry.Output + dry.Error, StringComparison.Ordinal);
        Assert.Contains("open", whole.Error, StringComparison.Ordinal);
        Assert.Contains("the file holds 399, warehouse 401: 2 fewer", half.Error, StringComparison.Ordinal);
        Assert.Contains("is not the one that its checksum was made of", half.Error, StringComparison.Ordinal);
        // A file that its checksum contradicts is not compared, until it is sent again.
        Assert.Contains("is not sound, so its rows are not counted", half.Error, StringComparison.Ordinal);
        await writeAsync("users_20260102.csv.sha256", Sha256(Rows(user => user is not (7 or 8))) + "\n");
        var lost = (await small.Tagguard.RunAsync("reconcile", "--date", Date)).Expect(1);
        Assert.Contains("2 missing there (u7, u8), 0 extra there", lost.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("checksum was made of", lost.Error, StringComparison.Ordinal);
    }

    static string Rows(Func<int, bool> keep) => "userid,phone\n" + string.Concat(
        Enumerable.Range(0, SmallWarehouse.FirstUsers + 1).Where(keep).Select(user => FormattableString.Invariant($"u{user},{user:D11}\n")));

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Plan(string connection, string before) => $$"""
        name: small
        timezone: UTC
        connections:
          warehouse: { type: duckdb, path: warehouse }
          callcentre: { {{connection}} }
          store: { type: sqlite, path: tagguard.db }
        stages:
          sync:
            - name: call centre file
              export:
                connection: callcentre
                file: "{{before}}users_{date:yyyyMMdd}.csv"
                header: [userid, phone]
                key: userid
                compare: { connection: warehouse, table: dw.tags, partition: data_date }
            - name: call centre users
              equal:
                left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                right: { connection: callcentre, table: "{{before}}users_{date:yyyyMMdd}.csv", key: userid }
                compare: rows
        """;
}
