using MySqlConnector;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>What an error of the server means for the tables, and what to do about it.</summary>
static class MySqlStoreFault
{
    /// <param name="fault">What the driver says.</param>
    /// <param name="server">Where it was asked.</param>
    public static StoreException Of(Exception fault, MySqlServer server) =>
        new($"{ServerFault.Sentence(fault, server)}{CureOf(ServerFault.CodeOf(fault))}{After(fault)}", fault)
        {
            IsTransient = ServerFault.IsTransient(fault),
        };

    static string CureOf(MySqlErrorCode code) =>
        code switch
        {
            MySqlErrorCode.WarningDataOutOfRange or MySqlErrorCode.DataTooLong =>
                " A column is too narrow for what is to be stored: widen it. Tags of any length need"
                    + " `alter table tag_data_day modify tagid mediumtext character set utf8mb4 collate utf8mb4_bin not null`.",
            MySqlErrorCode.CannotAggregateTwoCollations or MySqlErrorCode.TruncatedWrongValueForField or ErrorCodes.CannotConvertLetters =>
                " The column cannot hold all letters: give it `character set utf8mb4`.",
            MySqlErrorCode.NoDefaultForField => " That column is yours: give it a default, or let it be null.",
            MySqlErrorCode.DuplicateKeyEntry =>
                " A unique key takes two rows of one save for the same: a tag or check was measured twice, or the key is your own and tells no "
                    + "case apart.",
            _ => "",
        };

    /// <summary>What is known to be stored after it. When the server was not reached, nobody doubts.</summary>
    static string After(Exception fault) => ServerFault.IsBeforeLogin(fault) || ServerFault.CodeOf(fault) == MySqlErrorCode.NoSuchTable
        ? ""
        : " Nothing was half written: a stage that is not saved keeps its gate closed, and can be run again.";
}
