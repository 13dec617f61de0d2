using TagGuard.Facts;

namespace TagGuard.Tests.Support;

/// <summary>Tags as user profiles have them: of yesterday's users nearly all carry a tag today, too.</summary>
static class Stocks
{
    /// <param name="users">Users of the smallest tag; the largest has 48 times as many.</param>
    /// <param name="step">Spread of a tag's step from day to day, as a part of it.</param>
    /// <param name="days">Days before the date.</param>
    public static Shop Of(double users = 500, double step = 0.003, int days = 100)
    {
        var shop = new Shop(days);
        var random = new Random(11);
        var total = 0.0;
        foreach (var tag in shop.Tags.ToList())
        {
            var level = users * (1 + tag[1] - '0') * (1 + tag[3] - '0');
            total += level;
            for (var ago = days; ago >= 0; ago--)
                shop[tag, ago] = Math.Round(level *= 1 + 0.0005 + step * Normal(random));
        }
        for (var ago = days; ago >= 0; ago--)
            shop.Set(Some.Total(Metrics.TaggedUsers), ago, Math.Round((total *= 1 + 0.0005 + 0.001 * Normal(random)) / 4));
        return shop;
    }

    /// <summary>The same with the users of each family: fewer than its tags have together, for a user may carry several.</summary>
    public static Shop WithFamilies(this Shop shop, int days = 100)
    {
        var random = new Random(13);
        foreach (var family in shop.Tags.GroupBy(TagFamilies.Guessed.Of).ToList())
        {
            var level = family.Sum(tag => shop[tag, days]) / 2;
            for (var ago = days; ago >= 0; ago--)
                shop.Set(Some.Family(family.Key), ago, Math.Round(level *= 1 + 0.0005 + 0.001 * Normal(random)));
        }
        return shop;
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
