using System.Data.Common;
using TagGuard.RealServerTests.Support;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>Tables that were there before TagGuard, with just the users' columns, are extended in place: rows, names and types stay.</summary>
public sealed class UsersTablesTests(MariaDb mariaDb)
{
    static readonly StageResult Today = Given.Stage(Given.Volumes([Given.Volume("A121H002_0_004", 12431, 0.5, 0.25)]));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id bigint not null auto_increment primary key", "date", "2011-11-14", "2011-11-15")]
    [InlineData("id int unsigned not null primary key", "varchar(20)", "2011-11-14", "2011-11-15")]
    [InlineData("id int not null", "varchar(20)", "20111114", "20111115")]
    [InlineData("id int", "char(8)", "20111114", "20111115")]
    [InlineData("id int not null auto_increment primary key", "int", "20111114", "20111115")]
    [InlineData("id varchar(36) default ''", "datetime", "2011-11-14 00:00:00", "2011-11-15 00:00:00")]
    public async Task ATableIsExtendedInPlaceWhateverTypesItHas(string id, string dateType, string yesterday, string today)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(
            $"create table tag_data_day ({id}, tagid varchar(64), date {dateType}, tag_count int, tag_total_per decimal(10,4), tag_dau_per float) "
                + "engine = MyISAM default charset = latin1");
        await connection.RunAsync($"insert into tag_data_day values (7, 'A121H002_0_004', '{yesterday}', 12000, 0.4, 0.2)");

        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Today);

        var rows = await connection.RowsAsync(
            "select cast(id as char), tagid, cast(date as char), cast(tag_count as char), cast(tag_total_per as char), cast(tag_dau_per as char) "
                + "from tag_data_day order by date");
        Assert.Equal(["7", "A121H002_0_004", yesterday, "12000", "0.4000", "0.2"], rows[0]);
        Assert.Equal(["A121H002_0_004", today, "12431", "0.5000", "0.25"], rows[1][1..]);
        Assert.Equal(
            dateType,
            ((string)(await connection.RowsAsync("show columns from tag_data_day like 'date'"))[0][1]).Replace(
                "int(11)",
                "int",
                StringComparison.Ordinal));
        Assert.Equal(12431, Assert.Single((await store.DayAsync(Given.Plan, Given.Date, 1, Token)).Series).Today);
    }

    [Fact]
    public async Task TheOtherTablesAreExtendedInPlaceAndTheirKeysHonoured()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(
            "create table tag_email_monitor (date varchar(10), service_type varchar(50), hive_count int, hbase_count int, primary key (date, "
                + "service_type))");
        await connection.RunAsync(
            "create table tag_stage_state (process_date varchar(8), stage varchar(20), state int, is_online int, primary key (process_date, stage))");
        await connection.RunAsync("insert into tag_email_monitor values ('2011-11-14', 'offline', 5, 4), ('2011-11-15', 'offline', 9, 9)");
        await connection.RunAsync("insert into tag_stage_state values ('20111114', 'sync', 1, 2), ('20111115', 'sync', 1, 2)");
        await using var store = database.Store();
        await store.InitAsync(Token);

        Assert.Empty(await store.GatesAsync(Given.Plan, Given.Date, Token));
        await store.SaveAsync(Given.Date, Given.Sync("offline", 3, 2));

        Assert.Equal(
            ["2011-11-14|offline|5|4|", "2011-11-15|offline|3|2|0"],
            await LookAsync(connection, "select date, service_type, hive_count, hbase_count, ok from tag_email_monitor order by date"));
        Assert.Equal(
            ["20111114|sync|1|2", "20111115|sync|0|0"],
            await LookAsync(connection, "select process_date, stage, state, is_online from tag_stage_state order by process_date"));
    }

    [Fact]
    public async Task AUsersUniqueKeyIsHonouredByReplacingTheRow()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await MakeAsync(connection, "tagid varchar(64), date date, unique key (tagid, date)");
        await connection.RunAsync("insert into tag_data_day (tagid, date, tag_count) values ('A121H002_0_004', '2011-11-15', 1)");
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Today);

        Assert.Equal(["1|A121H002_0_004|12431"], await LookAsync(connection, "select id, tagid, tag_count from tag_data_day"));
    }

    [Fact]
    public async Task AUsersUniqueKeyThatTakesTwoTagsForOneStopsTheSave()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await MakeAsync(connection, "tagid varchar(64) character set utf8mb4 collate utf8mb4_general_ci, date date, unique key (tagid, date)");
        await using var store = database.Store();
        await store.InitAsync(Token);

        var refused = await Assert.ThrowsAsync<StoreException>(() =>
            store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("vip", 1), Given.Volume("VIP", 2)]))));

        Assert.Contains("takes some for the same", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await connection.ScalarAsync("select count(*) from tag_data_day"));
        Assert.False((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
    }

    [Theory]
    [InlineData("tagid varchar(10), date date", "a tag of many letters", "alter table tag_data_day modify tagid mediumtext")]
    [InlineData("tagid varchar(10) character set latin1, date date", "标签", "character set utf8mb4")]
    [InlineData("tagid varchar(10), date date, etl_job varchar(10) not null", "A", "give it a default")]
    public async Task AColumnThatCannotHoldATagIsToldWithTheCure(string columns, string tag, string cure)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await MakeAsync(connection, columns);
        await using var store = database.Store();
        await store.InitAsync(Token);

        var refused = await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume(tag, 1)]))));

        Assert.Contains(cure, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await connection.ScalarAsync("select count(*) from tag_data_day"));
    }

    [Theory]
    [InlineData("create table tag_data_day (id int, tagid varchar(64), date date)", "has no column tag_count")]
    [InlineData(
        "create table tag_data_day (id varchar(36) primary key, tagid text, date date, tag_count int, tag_total_per double, tag_dau_per double)",
        "tag_data_day.id")]
    public async Task ATableThatCannotBeWrittenIsRefusedByInit(string make, string told)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(make);

        Assert.Contains(told, (await Assert.ThrowsAsync<StoreException>(() => database.Store().InitAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheUsersOwnScriptsGoOnWritingIntoTheirTables()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await MakeAsync(connection, "tagid varchar(64) not null, date date not null");
        await using var store = database.Store();
        await store.InitAsync(Token);
        await connection.RunAsync(
            "insert into tag_data_day (tagid, date, tag_count, tag_total_per, tag_dau_per) values ('mine', '2011-11-15', 1, 0.1, 0.1)");
        await connection.RunAsync("insert into tag_stage_state (process_date, stage, state, is_online) values ('2011-11-15', 'tags', 1, 2)");

        await store.SaveAsync(Given.Date, Today);

        Assert.Equal(["A121H002_0_004", "mine"], await LookAsync(connection, "select tagid from tag_data_day order by tagid"));
        Assert.Single((await store.DayAsync(Given.Plan, Given.Date, 1, Token)).Series);
    }

    static async Task MakeAsync(DbConnection connection, string columns) =>
        await connection.RunAsync(
            $"create table tag_data_day (id bigint not null auto_increment primary key, {columns}, tag_count bigint, tag_total_per double, "
                + "tag_dau_per double)");

    static async Task<IEnumerable<string>> LookAsync(DbConnection connection, string sql) =>
        (await connection.RowsAsync(sql)).Select(row => string.Join('|', row));
}
