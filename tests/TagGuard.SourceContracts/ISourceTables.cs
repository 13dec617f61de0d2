using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>The tables that one test has to itself in a system that is asked. They are gone when it is disposed.</summary>
public interface ISourceTables : IAsyncDisposable
{
    /// <summary>Makes the place where the tables will be.</summary>
    ValueTask MakeAsync();

    /// <summary>Makes a table that holds these rows.</summary>
    Task AddAsync(SourceTable table);

    /// <summary>A table's name as the plan has it.</summary>
    string NameOf(string table) => table;

    /// <summary>The system as the plan's connection `source` opens it. Again and again, as other checks would.</summary>
    ISource Open();

    /// <summary>Keeps the system from answering about the table `orders` until disposed: a lock, a line that is down, half a load.</summary>
    ValueTask<IAsyncDisposable> DisturbAsync();

    /// <summary>A SELECT that does not end within the hour.</summary>
    string Endless { get; }

    /// <summary>The text "@date it's" in quotes, as a person writes it there.</summary>
    string QuoteInText => "'@date it''s'";

    /// <summary>What was asked with what a dry run cannot know taken out, such as the names of files.</summary>
    string AsPlanned(string asked) => asked;
}
