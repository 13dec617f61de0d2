using System.Text.RegularExpressions;
using TagGuard.Tests.Support;

namespace TagGuard.Tests;

/// <summary>Which room of Core may use which: held against the sources, so that an internal type counts as much as a public one.</summary>
public sealed class CoreRoomsTests
{
    /// <summary>Each room with those that it may use; later rooms stand on earlier ones, and none is used by a room above itself.</summary>
    static readonly (string Room, string[] MayUse)[] Rooms =
    [
        ("Phrases", []),
        ("Keys", []),
        ("Detection", []),
        ("Facts", ["Phrases", "Keys"]),
        ("Sources", ["Facts"]),
        ("Reconciliations", ["Keys", "Facts", "Sources"]),
        ("Judgements", ["Phrases", "Keys", "Detection", "Facts"]),
        ("Measurements", ["Phrases", "Keys", "Facts", "Sources", "Reconciliations", "Judgements"]),
        ("Plans", ["Phrases", "Keys", "Facts", "Sources", "Judgements", "Measurements"]),
        ("Gates", ["Phrases", "Facts", "Judgements", "Plans"]),
        ("Storage", ["Facts", "Plans", "Gates"]),
        ("Deliveries", ["Sources", "Storage"]),
        ("Runs", ["Phrases", "Facts", "Sources", "Judgements", "Measurements", "Plans", "Gates", "Storage", "Deliveries"]),
        ("Replays", ["Phrases", "Facts", "Plans", "Gates", "Storage", "Runs"]),
        ("Reports", ["Phrases", "Keys", "Facts", "Gates", "Storage"]),
    ];

    static readonly string Core = Repository.Path("src/TagGuard.Core");

    [Fact]
    public void EveryFolderOfCoreIsARoomOfTheTable() =>
        Assert.Equal(
            Rooms.Select(room => room.Room).Order(),
            Directory.GetDirectories(Core).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]).Order());

    [Fact]
    public void TheTableHasNoRing()
    {
        var above = new HashSet<string>();
        foreach (var (room, mayUse) in Rooms)
        {
            Assert.Subset(above, mayUse.ToHashSet());
            above.Add(room);
        }
    }

    [Fact]
    public void NoRoomUsesAnotherThatTheTableDoesNotName()
    {
        var used = new HashSet<(string Room, string Uses)>();
        Assert.All(
            Rooms,
            room =>
                Assert.All(
                    FilesOf(room.Room),
                    file =>
                        Assert.All(
                            UsedBy(file),
                            other =>
                            {
                                used.Add((room.Room, other));
                                Assert.True(
                                    other == room.Room || room.MayUse.Contains(other),
                                    $"{Path.GetRelativePath(Core, file)} uses {other}: {room.Room} may use {string.Join(", ", room.MayUse)}.");
                            })));
        // What nobody uses any more leaves the table.
        Assert.All(Rooms, room => Assert.All(room.MayUse, other => Assert.Contains((room.Room, other), used)));
    }

    static IEnumerable<string> FilesOf(string room) => Directory.EnumerateFiles(Path.Combine(Core, room), "*.cs", SearchOption.AllDirectories);

    /// <summary>The rooms whose types a file names: by a using line, or with the room's name before the type's.</summary>
    static IEnumerable<string> UsedBy(string file)
    {
        var text = File.ReadAllText(file);
        var usings = Regex
            .Matches(text, @"^using (?:static )?(?:\w+ = )?TagGuard\.(\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        var qualified = Rooms
            .Select(room => room.Room)
            .Where(room => TypesOf(room).Any(type => Regex.IsMatch(text, $@"(?<![\w.]){room}\.(?:\w+\.)*{type}\b")));
        return usings.Concat(qualified).Distinct();
    }

    static IEnumerable<string> TypesOf(string room) => FilesOf(room).Select(file => Path.GetFileNameWithoutExtension(file));
}
