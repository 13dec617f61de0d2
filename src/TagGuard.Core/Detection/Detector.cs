using System.Runtime.Intrinsics;
using TagGuard.Detection.Common;
using TagGuard.Detection.Events;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection;

/// <summary>Judges today's counts of all tags of a check by what each, and all of them, did in the 126 days before.</summary>
/// <remarks>
/// In this order: what each tag did beyond the forecast of its own past (<see cref="Forecasts"/>); what the tags did together, removed
/// (<see cref="CommonMoves"/>, <see cref="GroupMoves"/>); how much of the rest is noise (<see cref="NoiseScale"/>, <see cref="TagScore"/>); and what
/// many tags did at once (<see cref="SharedEvents"/>, <see cref="Common.Groups"/>). Which of the others are worth a line is chosen from their scores
/// (<see cref="AlarmBudget"/>). Pure: it keeps nothing between calls, and may be called from several threads.
/// </remarks>
public static class Detector
{
    const int Today = LevelFilters.Kept;

    /// <summary>Judges one morning with the settings that were measured.</summary>
    public static MorningResult Judge(CheckMorning morning) => Judge(morning, DetectorSettings.Default);

    public static MorningResult Judge(CheckMorning morning, DetectorSettings settings)
    {
        var tags = new TagResult[morning.Tags];
        WholeMove move;
        using (var sheet = new Sheet(morning.Tags, !morning.Quarantine.IsEmpty))
        {
            Forecasts.Fill(sheet, morning, settings);
            move = CommonMoves.Remove(sheet, morning.Groups, settings.WalksOn ? morning.UsualDaysSince : 1, settings);
            for (var block = 0; block < sheet.Blocks; block++)
                Score(sheet, morning, block, move, settings, tags);
        }
        var whole = SharedEvents.OfWhole(tags, move.Moves, settings);
        var groups = Groups.Judge(tags, move.Groups, whole, settings);
        return new MorningResult
        {
            Tags = tags,
            CommonMove = move.Moves.Today,
            CommonMoveScore = move.Moves.Score,
            Incidents = [.. whole, .. SharedEvents.OfParts(tags, move, groups, settings)],
            Groups = groups,
        };
    }

    static void Score(Sheet sheet, CheckMorning morning, int block, WholeMove move, DetectorSettings settings, TagResult[] results)
    {
        var residuals = sheet.ResidualsOf(block);
        var noise = NoiseScale.Of(residuals);
        var usual = Vector256.Create(move.UsualNoise);
        var mad = KnownOr(noise.Mad, usual);
        var second = KnownOr(noise.Second, usual * Vector256.Create(3.0));
        var up = KnownOr(noise.Up, usual);
        var down = KnownOr(noise.Down, usual);
        var chance = CommonMoves.Chance(sheet, block, settings.SomeUsers);
        var forecast = sheet.Forecasts[block];
        var common = sheet.Raw[block] - residuals[Today];
        var expected = CountScale.CountAt(forecast);
        var pointsToday = forecast + common * sheet.PerLogUnit[block];
        pointsToday = KnownOr(pointsToday, forecast);
        var expectedToday = CountScale.CountAt(pointsToday);
        var recent = sheet.Recent.IsEmpty ? residuals[(Today - Sheet.RecentDays)..Today] : sheet.RecentOf(block);
        var season = Vector256.Exp(sheet.Offsets(block)[0] / sheet.PerLogUnit[block]);
        for (var lane = 0; lane < CountScale.Width && block * CountScale.Width + lane < results.Length; lane++)
        {
            var tag = block * CountScale.Width + lane;
            var row = morning.Of(tag);
            var facts = new ScoreInput
            {
                Value = double.IsFinite(row[^1]) ? Math.Max(row[^1], 0) : double.NaN,
                Yesterday = row[^2],
                Residuals = (residuals[Today][lane], OrZero(recent[1][lane]), OrZero(recent[0][lane])),
                Mad = mad[lane],
                Second = second[lane],
                TailUp = up[lane],
                TailDown = down[lane],
                Days = noise.Days[lane],
                Chance = chance[lane],
                Turnover = sheet.Turnovers[block][lane],
                Reach = settings.WalksOn ? RandomWalk.Reach(morning.DaysSince(tag), settings.FlowTurnovers * sheet.Turnovers[block][lane]) : 1,
                InTwoDays = Math.Abs(Math.Log((Math.Max(row[^1], 0) + 0.5) / (Math.Max(row[^3], 0) + 0.5))),
                Seen = Seen(row, tag, morning.Quarantine),
            };
            results[tag] = TagScore.Of(facts, settings) with
            {
                Expected = expected[lane],
                ExpectedToday = expectedToday[lane],
                SeasonFactor = season[lane],
                CommonMove = common[lane],
                PointsToday = pointsToday[lane],
                PointsPerLogUnit = sheet.PerLogUnit[block][lane],
            };
        }
    }

    static DayCounts Seen(ReadOnlySpan<double> row, int tag, Quarantine quarantine)
    {
        if (quarantine.IsEmpty)
            return DayCounts.Of(row);
        Span<double> accepted = stackalloc double[CheckMorning.Days];
        row.CopyTo(accepted);
        quarantine.Blank(tag, accepted);
        return DayCounts.Of(accepted);
    }

    static Lanes KnownOr(Lanes values, Lanes otherwise) => Vector256.ConditionalSelect(Vector256.Equals(values, values), values, otherwise);

    static double OrZero(double value) => double.IsNaN(value) ? 0 : value;
}
