using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>Writes volumes after those that were there are deleted. The table's key refuses a tag that comes twice.</summary>
sealed class SqliteVolumes : VolumeRows
{
    readonly StoreStatement _add;
    readonly int _id, _tag, _count, _ofTotal, _ofActive, _accepted;
    long _next;

    public SqliteVolumes(SqliteStoreSession session, VolumesOf of)
    {
        using (var delete = session.Query("volumes_delete").Set("@plan", of.Plan).Set("@check", of.Check).Set("@date", of.Date))
            delete.Run();
        _next = of.Count == 0 ? 0 : ReserveIds(session, of.Count);
        _add = session.Query("volume_add").Set("@day", of.Count == 0 ? 0 : DayOf(session, of));
        (_id, _tag, _count, _ofTotal, _ofActive, _accepted) =
            (_add.At("@id"), _add.At("@tagid"), _add.At("@tag_count"), _add.At("@tag_total_per"), _add.At("@tag_dau_per"), _add.At("@accepted"));
    }

    public override void Add(string tag, double count, double? shareOfTotal, double? shareOfActive, bool isAccepted)
    {
        _add.Set(_id, _next++)
            .Set(_tag, tag)
            .Set(_count, count)
            .Set(_ofTotal, shareOfTotal)
            .Set(_ofActive, shareOfActive)
            .Set(_accepted, isAccepted ? 1L : 0L);
        _add.Run();
    }

    public override void End()
    {
    }

    public override void Dispose() => _add.Dispose();

    static long DayOf(SqliteStoreSession session, VolumesOf of)
    {
        using var set = session.Query("volume_day_set")
            .Set("@plan", of.Plan).Set("@check", of.Check).Set("@date", of.Date).Set("@dimension", of.Dimension).Set("@run", of.Run);
        set.Read();
        return set.Int64(0);
    }

    static long ReserveIds(SqliteStoreSession session, int count)
    {
        using var next = session.Query("ids_next");
        var id = next.Read() ? next.Int64(0) : 1;
        using var reserve = session.Query("ids_reserve").Set("@count", count);
        reserve.Run();
        return id;
    }
}
