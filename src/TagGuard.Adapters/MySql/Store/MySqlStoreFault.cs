using System.Data.Common;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>What an error of the server means for the tables, and what to do about it. The numbers are those of mysqld_error.h and errmsg.h.</summary>
static class MySqlStoreFault
{
    const int NoSuchTable = 1146;
    const int Deadlock = 1213;

    /// <summary>Whether the server undid the transaction so that another could go on: the same again may succeed.</summary>
    public static bool IsDeadlock(DbException fault) => ServerFault.NumberOf(fault) == Deadlock;

    public static bool IsNoSuchTable(DbException fault) => ServerFault.NumberOf(fault) == NoSuchTable;

    /// <param name="fault">What the provider says.</param>
    /// <param name="server">Where it was asked.</param>
    public static StoreException Of(DbException fault, MySqlOptions server)
    {
        var number = ServerFault.NumberOf(fault);
        return new StoreException($"{ServerFault.Sentence(fault, server)}{CureOf(number)}{After(number)}", fault) { IsTransient = ServerFault.IsTransient(fault) };
    }

    static string CureOf(int number) => number switch
    {
        1264 or 1406 =>
            " A column is too narrow for what is to be stored: widen it. Tags of any length need"
            + " `alter table tag_data_day modify tagid mediumtext character set utf8mb4 collate utf8mb4_bin not null`.",
        1267 or 1366 or 3988 => " The column cannot hold all letters: give it `character set utf8mb4`.",
        1364 => " That column is yours: give it a default, or let it be null.",
        1062 => " A unique key takes two rows of one save for the same: a tag or check was measured twice, or the key is your own and tells no case apart.",
        _ => "",
    };

    /// <summary>What is known to be stored after it. When the server was not reached, nobody doubts.</summary>
    static string After(int number) => number is 1042 or 1044 or 1045 or 1046 or 1049 or 1129 or 1130 or 1698 or 2002 or 2003 or 2005 or 2026 or NoSuchTable
        ? ""
        : " Nothing was half written: a stage that is not saved keeps its gate closed, and can be run again.";
}
