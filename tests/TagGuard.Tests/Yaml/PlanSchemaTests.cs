using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Yaml;

public class PlanSchemaTests
{
    static readonly SchemaSamples Samples = new(PlanSchema.Of(SomePlan.Types));

    /// <summary>After a change of the plan's records, TAGGUARD_APPROVE=1 writes the file anew.</summary>
    [Fact]
    public void TheSchemaInTheRepositoryIsWhatTheReaderAccepts()
    {
        var file = Repository.Path("jobs/plans/plan.schema.json");
        var schema = PlanSchema.Text(Connections.All);
        if (Environment.GetEnvironmentVariable("TAGGUARD_APPROVE") == "1")
            File.WriteAllText(file, schema);

        Assert.True(
            File.ReadAllText(file) == schema,
            $"{file} is not what the records say: run the tests with TAGGUARD_APPROVE=1 and look at the difference.");
    }

    public static TheoryData<string> Documents() => [.. Samples.EachKey().Select(sample => sample.Path)];

    [Theory, MemberData(nameof(Documents))]
    public void AKeyOfTheSchemaIsAccepted(string path)
    {
        var plan = Samples.EachKey().First(sample => sample.Path == path).Plan;

        // What a part says of its numbers is not the schema's business; that a key or a value is strange would be.
        Assert.DoesNotContain(
            SomePlan.Mistakes(plan.ToJsonString()),
            mistake =>
                new[]
                {
                    "is not a key of",
                    "is missing in",
                    "has no value",
                    "is empty",
                    "Example: ",
                    ", not a list",
                    ", not keys",
                    "should be keys",
                    "measures",
                }.Any(words => mistake.Message.Contains(words, StringComparison.Ordinal)));
    }

    [Fact]
    public void AKeyThatIsNotInTheSchemaIsRefusedAndTheKnownOnesAreThoseOfTheSchema()
    {
        var records = Samples.EachRecord("zzzzzzzz").ToList();
        Assert.True(records.Count > 15, $"Only {records.Count} records were found in the schema.");
        foreach (var (path, plan, keys) in records)
        {
            var refused = SomePlan
                .Mistakes(plan.ToJsonString())
                .FirstOrDefault(mistake => mistake.Message.StartsWith("`zzzzzzzz` is not a key of", StringComparison.Ordinal));
            Assert.True(refused is not null, $"An unknown key was accepted at {path}.");
            var known = refused.Message[(refused.Message.IndexOf("Known: ", StringComparison.Ordinal) + 7)..].TrimEnd('.').Split(", ");
            Assert.Equal(keys.Where(key => key != "type").Order(), known.Order());
        }
    }

    [Fact]
    public void ARequiredKeyOfTheSchemaIsMissedByTheReader()
    {
        var missing = Samples.EachWithoutRequired().ToList();
        Assert.True(missing.Count > 12, $"Only {missing.Count} required keys were found in the schema.");
        Assert.All(missing, sample => Assert.Contains(
            SomePlan.Mistakes(sample.Plan.ToJsonString()),
            mistake => mistake.Message.Contains($"`{sample.Key}` is missing in", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryKeyOfThePlanSaysWhatItMeans() =>
        Assert.Empty(
            Samples
                .EachKey()
                .Where(sample => sample.Schema["description"] is null && sample.Schema["$ref"] is null && sample.Schema["const"] is null)
                .Select(sample => sample.Path));
}
