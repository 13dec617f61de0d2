using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>Puts the rows of <see cref="VolumeSql.Statement"/> together.</summary>
/// <param name="shape">How the tags are kept.</param>
/// <param name="families">How tags are put into families, when a family's rows are those of its tags without what repeats in one; else
/// null.</param>
sealed class VolumeTally(TagShape shape, TagFamilies? families)
{
    readonly List<(string Key, long Users, long Active)> _keys = [];

    public IReadOnlyList<(string Key, long Users, long Active)> Keys => _keys;

    readonly Dictionary<string, long> _families = [];
    long _rows, _nobody, _users, _tagged, _without, _empty, _nulls, _repeats, _active;

    /// <param name="kind">The kind of entries.</param>
    /// <param name="name">The tag or family; null for others.</param>
    /// <param name="numbers">The numbers behind them.</param>
    public void Add(string kind, string? name, long[] numbers)
    {
        var (entries, active, groups, rows) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        switch (kind)
        {
            case VolumeSql.Kinds.User:
                (_users, _rows, _nobody, _tagged) = (groups, rows, numbers[4], numbers[5]);
                (_without, _empty, _nulls) = (numbers[6], numbers[7], _nulls + numbers[8]);
                break;
            case VolumeSql.Kinds.Tag:
                _keys.Add((name!, entries, active));
                if (families is not null)
                    AddToFamily(families.Of(name!), entries);
                _repeats += rows - entries;
                break;
            case VolumeSql.Kinds.TagOfUser:
                _keys.Add((name!, groups, active));
                break;
            case VolumeSql.Kinds.Repeat:
                AddToFamily(name!, -entries);
                break;
            case VolumeSql.Kinds.FamilyOfUser:
                // What has none is among Hive's without a name.
                AddToFamily(name ?? "", groups);
                break;
            case VolumeSql.Kinds.Null:
                _nulls += entries;
                break;
            case VolumeSql.Kinds.Active:
                _active = entries;
                break;
            default:
                throw new InvalidDataException($"The server gave a row of the kind `{kind}`, which was not asked for.");
        }
    }

    /// <param name="countsActive">Whether active users were asked for.</param>
    /// <param name="asked">The statement.</param>
    public Volumes Sum(bool countsActive, string asked)
    {
        var pairs = shape == TagShape.Pairs;
        _keys.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new Volumes(
            _rows,
            _users,
            _tagged,
            pairs ? _users - _tagged : _without,
            _empty,
            pairs ? _repeats : _rows - _nobody - _users,
            countsActive ? _active : null,
            [.. _keys.Select(key => new KeyVolume(key.Key, key.Users, countsActive ? key.Active : null))],
            asked)
        {
            RowsArePairs = pairs,
            Families =
                [.. _families.Select(family => new FamilyVolume(family.Key, family.Value)).OrderBy(family => family.Family, StringComparer.Ordinal)],
            RowsWithoutUser = _nobody,
            // A pair with NULL in place of a tag is how pairs say that a user has none; beside other tags it is a tag that got lost.
            NullTags = pairs ? _without - (_users - _tagged) : _nulls,
        };
    }

    void AddToFamily(string family, long rows)
    {
        if (family.Length > 0)
            _families[family] = _families.GetValueOrDefault(family) + rows;
    }
}
