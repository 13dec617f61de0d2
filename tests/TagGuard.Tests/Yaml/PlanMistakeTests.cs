
namespace TagGuard.Tests.Yaml;

/// <summary>One table row per mistake: what is written, where it is told, and words of the message.</summary>
public class PlanMistakeTests
{
    /// <summary>Mistakes in a check that stands at line 8.</summary>
    [Theory]
    // Keys.
    [InlineData(
        "- { name: c, row: { connection: warehouse, sql: x, equals: 1 } }",
        8,
        18,
        "`row` is not a key of item 1 of `tags`",
        "did you mean `rows`?")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equls: 1 } }",
        8,
        57,
        "`equls`",
        "did you mean `equals`?",
        "Known: connection, sql, all")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: x, zzz: 1 } }", 8, 57, "`zzz` is not a key of `rows`", "take it out")]
    [InlineData("- { name: c, name: d, rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 18, "`name`", "twice")]
    [InlineData("- { name: c, <<: { a: b }, rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 18, "does not merge")]
    [InlineData("- { [a]: b, name: c, rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 9, "A key is a word")]
    // Missing and empty.
    [InlineData("- { rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 7, "`name` is missing in item 1 of `tags`", "add `name: ")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, equals: 1 } }",
        8,
        18,
        "Say in one way which rows: `sql` with `equals`",
        "`all` with several queries",
        "`table` with the rows")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: \"\", equals: 1 } }", 8, 49, "`sql` is empty", "such as `sql: select 1 from")]
    [InlineData("- { name: \"  \", rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 15, "`name` is empty")]
    [InlineData("- { name: c, owner: , rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 18, "`owner` has no value", "take the line out")]
    [InlineData("- { name: c, freshness: { connection: warehouse, sql: x } }", 8, 18, "`max_lag` is missing in `freshness`", "max_lag: 2h")]
    [InlineData("- { name: c, equal: { right: { connection: warehouse, table: \"t_{date:yyyyMMdd}\" } } }", 8, 18, "`left` is missing in `equal`")]
    // Wrong types.
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equals: many } }",
        8,
        65,
        "`equals` should be a whole number, not `many`",
        "Example: `equals: 1000`")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: x, equals: 1_000 } }", 8, 65, "without separators")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: x, equals: 1.5 } }", 8, 65, "a whole number")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: [x], equals: 1 } }", 8, 54, "`sql` should be text, not a list")]
    [InlineData("- { name: [c], rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 15, "`name` should be text, not a list")]
    [InlineData("- { name: c, rows: here }", 8, 24, "`rows` should be keys with values", "`connection: …`")]
    [InlineData(
        "- { name: c, judge: { blocking: yep }, rows: { connection: warehouse, sql: x, equals: 1 } }",
        8,
        37,
        "`blocking` should be true or false, not `yep`",
        "Example: `blocking: true`")]
    [InlineData(
        "- { name: c, judge: { on_unknown: blok }, rows: { connection: warehouse, sql: x, equals: 1 } }",
        8,
        39,
        "one of block, report",
        "did you mean `block`?")]
    [InlineData(
        "- { name: c, timeout: 30, rows: { connection: warehouse, sql: x, equals: 1 } }",
        8,
        27,
        "`timeout` should be a duration, not `30`: say the unit",
        "Example: `timeout: 10m`")]
    [InlineData(
        "- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\", deadline: 25:00 } }",
        8,
        80,
        "`deadline` should be a clock time, not `25:00`",
        "\"08:00\"")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{day}\" } }", 8, 50, "a brace that is not a date")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, judge: { change: { warn: 10 } } }",
        8,
        95,
        "`warn` should be limits in percent, not `10`",
        "ends in %")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, judge: { change: { warn: { a: b } } } }",
        8,
        95,
        "limits in percent, not keys with values")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, judge: { change: { warn: [10%, 5%] } } }",
        8,
        95,
        "the drop and then the rise")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, judge: { stale: } }", 8, 79, "`stale` has no keys", "`stale: {}`")]
    [InlineData("- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, judge: { baselin: {} } }", 8, 79, "did you mean `baseline`?")]
    // Measurements.
    [InlineData("- { name: c, owner: me }", 8, 7, "Item 1 of `tags` measures nothing", "rows, path, http, freshness, count, volume, compare, equal")]
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: x, equals: 1 }, count: { connection: warehouse, table: \"t{date:yyyyMMdd}\" } }",
        8,
        70,
        "measures `rows` and `count`",
        "make a check of each")]
    [InlineData("- name", 8, 7, "Item 1 of `tags` should be keys with values")]
    [InlineData("- ", 8, 6, "Item 1 of `tags` has no value")]
    // What a part says of itself, at its key.
    [InlineData("- { name: c, timeout: 0s, rows: { connection: warehouse, sql: x, equals: 1 } }", 8, 18, "longer than 0s")]
    [InlineData("- { name: c, count: { connection: warehouse, table: t } }", 8, 18, "not limited to one business date")]
    [InlineData("- { name: c, path: { connection: hdfs, path: /x/y } }", 8, 44, "same every day")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\", marker: a/b } }", 8, 70, "not the name of a file")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\", marker: _temporary } }", 8, 70, "while a job still writes")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}/_OK\", marker: _OK } }", 8, 74, "ends with _OK already")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\", least_files: 0 } }", 8, 70, "write 1 or more")]
    [InlineData("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\", least_bytes: 0 } }", 8, 70, "write 1 or more")]
    [InlineData("- { name: c, count: { connection: warehouse, table: t, partition: d, partition_value: \"20260101\" } }", 8, 74, "same every day")]
    [InlineData("- { name: c, count: { connection: warehouse } }", 8, 18, "`table` is missing")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: \"t{date:yyyyMMdd}\", user: u, tags: { keys: t, at_most: 5 } } }",
        8,
        104,
        "add `values: yes`")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: \"t{date:yyyyMMdd}\", user: u, tags: { values: yes } } }",
        8,
        87,
        "`keys` is missing in `tags`",
        "`keys: tagmap`")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: \"t{date:yyyyMMdd}\", user: u, tags: [a] } }",
        8,
        93,
        "`tags` should be text, not a list",
        "`tags: tagmap`")]
    [InlineData("- { name: c, count: { connection: warehouse, table: \"t{date:yyyyMMdd}\", path: /x } }", 8, 77, "for `from: footers`")]
    [InlineData("- { name: c, count: { connection: hdfs, from: footers } }", 8, 18, "add `path: /user/hive/warehouse")]
    [InlineData("- { name: c, count: { connection: hdfs, from: footers, path: /x/y } }", 8, 60, "same every day")]
    [InlineData("- { name: c, count: { connection: hdfs, from: footers, path: \"/{date:yyyyMMdd}\", where: a > 1 } }", 8, 86, "nothing of `where`")]
    [InlineData(
        "- { name: c, count: { connection: warehouse, from: footers, path: \"/{date:yyyyMMdd}\" }, judge: { baseline: {} } }",
        8,
        27,
        "cannot read the footers of files, which `count` asks for")]
    [InlineData("- { name: c, count: { connection: warehouse, table: t, partition: d, files: hdfs } }", 8, 74, "for `from: statistics`")]
    [InlineData(
        "- { name: c, count: { connection: warehouse, table: t, partition: d, from: statistics, files: hdfs }, judge: { baseline: {} } }",
        8,
        27,
        "cannot keep statistics of partitions, which `count` asks for")]
    // Families.
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: t, family: {} } }",
        8,
        93,
        "A family is made in one way", "`family: { separator: ")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: t, family: { separator: x, pattern: '(a)' } } }",
        8,
        93,
        "A family is made in one way")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: t, family: { pattern: '^[a-z]+' } } }",
        8,
        112,
        "`pattern` should be a regular expression", "one group in brackets")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: t, family: { pattern: '^(a)(?=b)' } } }",
        8,
        112,
        "begin with (?")]
    // A table of tags.
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: { keys: t, "
            + "from: { connection: warehouse, table: x } } } }",
        8,
        101,
        "Nothing is read of a tag", "`family: COLUMN`")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: { keys: t, "
            + "from: { connection: warehouse, words: x } } } }",
        8,
        101,
        "Say in one way where the tags stand")]
    [InlineData(
        "- { name: c, volume: { connection: warehouse, table: t, partition: d, user: u, tags: { keys: t, "
            + "from: { connection: hdfs, table: x, words: y } } } }",
        8,
        109,
        "Connection `hdfs`", "cannot read the rows of a table, which `volume` asks for")]
    // Connections that a measurement needs.
    [InlineData(
        "- { name: c, rows: { connection: warehose, sql: x, equals: 1 } }",
        8,
        26,
        "No connection is named `warehose`",
        "did you mean `warehouse`?",
        "has warehouse, store, hdfs")]
    [InlineData(
        "- { name: c, rows: { connection: hdfs, sql: x, equals: 1 } }",
        8,
        26,
        "`hdfs` (type files) cannot run a query",
        "`rows`",
        "use `warehouse`")]
    [InlineData(
        "- { name: c, equal: { left: { connection: warehouse, table: \"t{date:yyyyMMdd}\" }, right: { connection: hdfs, table: "
            + "\"t{date:yyyyMMdd}\" } } }",
        8,
        96,
        "cannot count rows, which `equal` asks for")]
    // Secrets where they would be stored.
    [InlineData(
        "- { name: c, rows: { connection: warehouse, sql: \"${env:HDFS_PASSWORD}\", equals: 1 } }",
        8,
        54,
        "would be stored",
        "belong to connections")]
    public void AMistakeInACheckIsToldAtItsPlace(string check, int line, int column, params string[] parts) =>
        AssertOnly(SomePlan.Of(check), line, column, parts);

    /// <summary>Mistakes in the connection `hdfs` at line 5.</summary>
    [Theory]
    [InlineData("{ folder: /mnt }", 5, 3, "`type` is missing in `hdfs`", "one of duckdb, sqlite, files")]
    [InlineData("{ type: file, folder: /mnt }", 5, 17, "did you mean `files`?")]
    [InlineData("{ type: oracle, folder: /mnt }", 5, 17, "not known: use duckdb, sqlite, files")]
    [InlineData("{ type: files, type: files, folder: /mnt }", 5, 24, "twice")]
    [InlineData("files", 5, 9, "`hdfs` should be keys with values", "type")]
    [InlineData("{ type: files }", 5, 3, "`folder` is missing in `hdfs`", "folder: /mnt/hdfs")]
    [InlineData("{ type: files, folder: /mnt, port: 0 }", 5, 44, "`port` should be from 1 to 65535, not `0`")]
    [InlineData("{ type: files, folder: /mnt, port: 99999 }", 5, 44, "from 1 to 65535")]
    [InlineData("{ type: files, folder: /mnt, port: 99999999999 }", 5, 44, "a whole number")]
    [InlineData("{ type: files, folder: /mnt, only: a }", 5, 44, "`only` should be a list", "- ")]
    [InlineData("{ type: files, folder: /mnt, only: [a, [b]] }", 5, 48, "Item 2 of `only` should be text, not a list")]
    [InlineData("{ type: files, folder: /mnt, weights: [a] }", 5, 47, "names with values")]
    [InlineData("{ type: files, folder: /mnt, weights: { a: x } }", 5, 52, "`a` should be a number, not `x`")]
    [InlineData("{ type: files, folder: /mnt, weights: { a: \"1,5\" } }", 5, 52, "a number", "0.5")]
    [InlineData("{ type: files, folder: /mnt, weights: { a: 1, a: 2 } }", 5, 55, "`a` is in `weights` twice")]
    [InlineData("{ type: files, folder: /mnt, weights: { \"\": 1 } }", 5, 49, "is empty: give it one")]
    [InlineData("{ type: files, folder: /mnt, since: 5.1.2026 }", 5, 45, "`since` should be a date", "2026-01-05")]
    [InlineData("{ type: files, folder: /mnt, since: 2026-02-30 }", 5, 45, "a day of the calendar")]
    [InlineData("{ type: files, folder: /mnt, password: \"${env:NOT_SET}\" }", 5, 48, "NOT_SET is not set", "export NOT_SET=")]
    [InlineData("{ type: files, folder: /mnt, password: \"${file:/no/such/secret}\" }", 5, 48, "/no/such/secret is not there", "create it")]
    [InlineData("{ type: files, folder: /mnt, password: \"${file:/dev/zero}\" }", 5, 48, "larger than 64 KB")]
    [InlineData("{ type: files, folder: /mnt, password: \"${file:/dev/null}\" }", 5, 48, "is empty")]
    [InlineData("{ type: files, folder: /mnt, password: \"${vault:x}\" }", 5, 48, "is not a secret", "${env:NAME}")]
    [InlineData("{ type: files, folder: /mnt, password: \"${env:X\" }", 5, 48, "no closing brace", "$${")]
    public void AMistakeInAConnectionIsToldAtItsPlace(string hdfs, int line, int column, params string[] parts) =>
        AssertOnly(SomePlan.Of(hdfs: hdfs), line, column, parts);

    /// <summary>Whole files.</summary>
    [Theory]
    [InlineData("", 1, 1, "empty", "name: ")]
    [InlineData("# only a comment\n", 1, 1, "empty")]
    [InlineData("just words", 1, 1, "should be keys with values")]
    [InlineData("- a\n- b", 1, 1, "should be keys with values")]
    [InlineData("name: a\nstages: [", 2, 1, "not YAML", "bracket")]
    [InlineData("name: a\nstages:\n\ttags: 1", 3, 1, "tab", "use spaces")]
    [InlineData("name: \"a\nb: c", 1, 7, "not YAML")]
    [InlineData("name: *nobody", 1, 7, "no anchor &nobody")]
    [InlineData("name: !secret x", 1, 7, "tags such as !name")]
    [InlineData("&a [*a]", 1, 5, "no anchor &a")]
    public void AMistakeOfTheWholeFileIsToldAtItsPlace(string text, int line, int column, params string[] parts) =>
        AssertOnly(text, line, column, parts);

    [Theory]
    [InlineData("name: p\ntimezone: Asia/Shangai", 2, 11, "did you mean `Asia/Shanghai`?")]
    [InlineData("name: p\ntimezone: Middle/Earth", 2, 11, "/usr/share/zoneinfo")]
    [InlineData("name: p\ntimezone: ../../../etc/passwd", 2, 11, "IANA time zone")]
    [InlineData("name: p\ngate: { max_age: 36 }", 2, 18, "say the unit")]
    [InlineData("name: p\nnotify: { mail: { from: nobody, to: [a@b.c] } }", 2, 19, "\"nobody\" is not a mail address")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c, \"x\\ny@z.c\"] } }", 2, 32, "is not a mail address")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [] } }", 2, 36, "`to` is empty")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c } }", 2, 11, "`to` is missing")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c], report_url: reports } }", 2, 45, "begin it with https://")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [\"${env:TO}\"] } }", 2, 37, "would be stored")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c], tls: off, user: u, password: p } }", 2, 45, "whoever listens")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c], user: u } }", 2, 45, "belong together")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c], port: 0 } }", 2, 45, "from 1 to 65535")]
    [InlineData("name: p\nnotify: { webhooks: { \"a@b\": { format: slack, url: https://x } } }", 2, 11, "without @")]
    [InlineData("name: p\nnotify: { webhooks: { a: { format: slack, url: x } } }", 2, 43, "begin it with https://")]
    [InlineData("name: p\nnotify: { webhooks: { a: { format: slack, url: https://x, secret: s } } }", 2, 59, "take `secret` out")]
    [InlineData("name: p\nnotify: { webhooks: { a: { format: teams, url: https://x, body: s } } }", 2, 59, "`format: json`")]
    [InlineData("name: p\nnotify: { webhooks: { a: { format: json, url: https://x, body: 'm={titel}' } } }", 2, 58, "{titel} is none of {title}")]
    [InlineData("name: p\nnotify: { webhooks: { a: { format: json, url: https://x, body: '{ m: {title} }' } } }", 2, 58, "is no JSON")]
    [InlineData("name: p\nnotify: { mail: { from: a@b.c, to: [a@b.c], tls: off, ca: x } }", 2, 55, "no certificate to trust")]
    [InlineData("naem: p", 1, 1, "did you mean `name`?")]
    [InlineData("name: ${env:HDFS_PASSWORD}", 1, 7, "would be stored")]
    public void AMistakeAtTheTopIsToldAtItsPlace(string top, int line, int column, params string[] parts) =>
        AssertOnly(SomePlan.Of(top: top), line, column, parts);

    [Fact]
    public void ASecondDocumentIsAMistake() => AssertOnly(SomePlan.Of() + "\n---\nname: q\n", 9, 1, "second document", "---");

    [Fact]
    public void AStageWithoutChecksCouldNeverClose() => AssertOnly(SomePlan.Of() + "\n  sync: []", 9, 3, "`sync` has no check");

    [Fact]
    public void ChecksOfOneNameAreRefused() =>
        AssertOnly(SomePlan.Of("- &c { name: c, rows: { connection: warehouse, sql: x, equals: 1 } }\n    - *c"), 6, 1, "2 checks are named \"c\"");

    [Fact]
    public void WhenNoConnectionCanDoItATypeThatCanIsNamed() =>
        AssertOnly(
            "name: p\nconnections: { store: { type: sqlite, path: s } }\nstages: { a: [ { name: c, count: { connection: store, table: "
                + "\"t{date:yyyyMMdd}\" } , judge: { baseline: {} } } ] }",
            3,
            36,
            "`store` (type sqlite) cannot count rows",
            "add a connection of type duckdb");

    [Fact]
    public void AConnectionWithAMistakeIsNotCalledMissingAsWell() =>
        AssertOnly(
            SomePlan
                .Of("- { name: c, path: { connection: hdfs, path: \"/{date:yyyyMMdd}\" } }", hdfs: "{ type: fils }")
                .Replace("type: sqlite", "type: sqlit", StringComparison.Ordinal),
            [(4, 18, ["did you mean `sqlite`?"]), (5, 17, ["did you mean `files`?"])]);

    [Fact]
    public void EveryMistakeIsToldAtOnceInTheOrderOfTheFile() => AssertOnly(
        """
        timezone: Mars/Olympus
        connections:
          warehouse: { type: duckdb }
          hdfs: { type: files, folder: /mnt, port: x, colour: red }
        stages:
          upstream:
            - name: a
              timeout: 30
              rows: { connection: hdfs, sql: x, equals: 1 }
            - name: a
              count:
                connection: nowhere
                table: t
          sync: nothing
        gate:
          max_age: soon
        """,
        [
            (1, 1, ["`name` is missing in the plan"]),
            (1, 11, ["time zone"]),
            (2, 1, ["No connection is named `store`"]),
            (3, 3, ["`path` is missing"]),
            (4, 44, ["`port`"]),
            (4, 47, ["`colour`"]),
            (8, 16, ["`timeout`"]),
            (9, 15, ["cannot run a query"]),
            (11, 7, ["not limited to one business date"]),
            (12, 9, ["No connection is named `nowhere`"]),
            (14, 9, ["`sync` should be a list"]),
            (16, 12, ["`max_age`"]),
        ]);

    static void AssertOnly(string text, int line, int column, params string[] parts) => AssertOnly(text, [(line, column, parts)]);

    static void AssertOnly(string text, (int Line, int Column, string[] Parts)[] expected)
    {
        var mistakes = SomePlan.Mistakes(text);
        var told = string.Join('\n', mistakes.Select(mistake => $"{mistake.Line}:{mistake.Column} {mistake.Message}"));

        Assert.True(mistakes.Count == expected.Length, $"{expected.Length} mistakes were expected, and these told:\n{told}");
        foreach (var (mistake, place) in mistakes.Zip(expected))
        {
            Assert.True((mistake.Line, mistake.Column) == (place.Line, place.Column), $"{place.Line}:{place.Column} was expected:\n{told}");
            Assert.All(place.Parts, part => Assert.Contains(part, mistake.Message, StringComparison.Ordinal));
            Assert.EndsWith(".", mistake.Message, StringComparison.Ordinal);
        }
    }
}
