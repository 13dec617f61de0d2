namespace TagGuard.RealServerTests.News;

/// <summary>What is planted into the last date.</summary>
/// <param name="Tables">For tables of the warehouse, the SELECT of what is written in place of what should be, which it is given.</param>
/// <param name="Service">SQL on the service's database behind the sync.</param>
/// <param name="Files">What is done to files, in the plan's folder.</param>
/// <param name="Undo">What takes that back, where writing the date anew does not.</param>
sealed record NewsFault(
    IReadOnlyDictionary<string, Func<string, string>> Tables, string? Service = null, Action<string>? Files = null, Action<string>? Undo = null);
