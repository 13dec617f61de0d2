using System.Globalization;
using System.Text;
using TagGuard.Adapters.Storage;
using TagGuard.Keys;
using TagGuard.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>Writes volumes after those that were there are deleted: less than half the time of looking for each. A row of another program that a key
/// of the users' own takes for the same is written over.</summary>
sealed class MySqlVolumes : VolumeRows
{
    readonly MySqlStoreSession _session;
    readonly VolumesOf _of;
    readonly MySqlRows _add;
    readonly int _tag, _key, _count, _ofTotal, _ofActive, _accepted;

    public MySqlVolumes(MySqlStoreSession session, VolumesOf of)
    {
        (_session, _of) = (session, of);
        using (var delete = session.Query("volumes_delete").Set("@plan", of.Plan).Set("@check", of.Check).Set("@date", of.Date))
            delete.Run();
        _add = session.Rows("volume_add");
        _add.Set("@plan", of.Plan).Set("@check", of.Check).Set("@date", of.Date).Set("@dimension", of.Dimension).Set("@stage", of.Stage)
            .Set("@written", Written(session, of.Date));
        (_tag, _key, _count, _ofTotal, _ofActive, _accepted) = (
            _add.At("@tagid"),
            _add.At("@tagid_key"),
            _add.At("@tag_count"),
            _add.At("@tag_total_per"),
            _add.At("@tag_dau_per"),
            _add.At("@accepted"));
    }

    public override void Add(string tag, double count, double? shareOfTotal, double? shareOfActive, bool isAccepted)
    {
        _add.Set(_tag, tag).Set(_count, count).Set(_ofTotal, shareOfTotal).Set(_ofActive, shareOfActive).Set(_accepted, isAccepted ? 1L : 0L);
        _add.Set(_key, KeyOf(tag));
        _add.Run();
    }

    public override void End()
    {
        _add.End();
        using var count = _session.Query("volumes_count")
            .Set("@plan", _of.Plan).Set("@check", _of.Check).Set("@date", _of.Date).Set("@stage", _of.Stage);
        count.Read();
        if (count.Int64(0) != _of.Count)
            throw new StoreException(Merged(count.Int64(0)));
    }

    public override void Dispose() => _add.Dispose();

    /// <summary>The tag's place in the table's key: itself, or when it has 64 bytes or more its first 32 and its SHA-256.</summary>
    static byte[] KeyOf(string tag)
    {
        var bytes = Encoding.UTF8.GetBytes(tag);
        return bytes.Length < 64 ? bytes : [.. bytes.AsSpan(0, 32), .. Sha256.HashData(bytes)];
    }

    static string Written(MySqlStoreSession session, DateOnly date)
    {
        using var written = session.Query("date_written").Set("@table", "tag_data_day").Set("@date", date);
        return written.Read() ? written.Text(0) : throw new StoreException("date_style does not know tag_data_day. Run `tagguard init`.");
    }

    string Merged(long left) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_of.Check} has {_of.Count} volumes on {_of.Date:yyyy-MM-dd}, and tag_data_day kept {left}: it takes some for the same. Either a tag "
                + $"was measured twice, or a unique key of your own on tagid tells no case or trailing spaces apart: give tagid the collation "
                + $"utf8mb4_bin, or drop that key. Nothing was saved.");
}
