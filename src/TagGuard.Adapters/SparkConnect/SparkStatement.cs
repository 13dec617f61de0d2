using Apache.Arrow;
using Grpc.Core;
using TagGuard.Adapters.Sources;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>One statement on its way: its batches as they come, whatever happens to the line. It is gone from the server
/// when this is disposed.</summary>
/// <param name="line">The way to the server.</param>
/// <param name="session">The session that it is of, to its end.</param>
/// <param name="sql">The statement.</param>
/// <param name="cancellationToken">Gives up.</param>
sealed class SparkStatement(SparkLine line, string session, BoundSql sql, CancellationToken cancellationToken) : IAsyncDisposable
{
    static readonly DateOnly Epoch = new(1970, 1, 1);

    readonly CancellationTokenSource _late = new(line.Server.ReadTimeout, line.Clock);
    SparkResponses? _responses;
    long _rows;
    Task<bool>? _stopping;

    /// <summary>What the server knows it by.</summary>
    public string Operation { get; } = Guid.NewGuid().ToString();

    /// <summary>A query with its parameters bound.</summary>
    public static Plan PlanOf(BoundSql sql)
    {
        var bound = new Sql { Query = sql.Text };
        foreach (var (name, value) in sql.Parameters)
        {
            bound.Args[name[1..]] = value is DateOnly date
                ? new Literal { Date = date.DayNumber - Epoch.DayNumber }
                : new Literal { String = (string)value };
        }
        return new Plan { Root = new Relation { Sql = bound } };
    }

    /// <summary>The next rows; null when there are no more. Whoever takes them disposes them.</summary>
    /// <exception cref="SqlFault">Spark failed, did not answer in time, or its answer is not whole.</exception>
    public async Task<RecordBatch?> NextAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, cancellationToken);
        try
        {
            _responses ??= new SparkResponses(line, Request());
            while (await _responses.NextAsync(either.Token) is { } response)
            {
                if (response.ArrowBatch is { } batch)
                    return Read(batch);
                if (response.ExecutionProgress is { } progress)
                    SourceLog.Tell(line.Server.Address, SparkProgress.Line(progress));
            }
            return null;
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw await StopAsync()
                ? SparkFault.Stopped(line.Server, sql.Asked, fault)
                : SparkFault.Silent(line.Server, line.Server.ReadTimeout, "the statement", fault, sql.Asked);
        }
        catch (RpcException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SparkFault.Of(fault, line.Server, sql.Asked);
        }
        catch (InvalidDataException fault)
        {
            throw new SqlFault(fault.Message, fault) { Asked = sql.Asked, IsTransient = true };
        }
    }

    /// <exception cref="SqlFault">It is of a type that is none for a check.</exception>
    public object? ValueOf(RecordBatch batch, int column, int row)
    {
        try
        {
            return ArrowValue.Of(batch.Column(column), row);
        }
        catch (NotSupportedException fault)
        {
            var name = batch.Schema.GetFieldByIndex(column).Name;
            var told = $"The column {name} is {fault.Message}, which is no single value: take one out of it, or write to_json({name}).";
            throw new SqlFault(told, fault) { Asked = sql.Asked };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_responses is not null)
        {
            var isHeard = _responses.IsComplete || await StopAsync();
            _responses.Dispose();
            if (isHeard)
                await ReleaseAsync();
        }
        _late.Dispose();
    }

    /// <summary>The server would keep the last responses for some minutes.</summary>
    Task<bool> ReleaseAsync()
    {
        var request = new ReleaseExecuteRequest
        {
            SessionId = session,
            UserContext = line.User,
            OperationId = Operation,
            ClientType = line.ClientType,
            ReleaseAll = new ReleaseExecuteRequest.Types.ReleaseAll(),
        };
        return Parting(options => line.Client.ReleaseExecuteAsync(request, options));
    }

    RecordBatch Read(ExecutePlanResponse.Types.ArrowBatch batch)
    {
        if (batch.HasStartOffset && batch.StartOffset != _rows)
            throw new InvalidDataException($"Spark's answer goes on at row {batch.StartOffset}, and {_rows} have come: run this again.");
        var read = ArrowValue.Batch(batch.Data.Memory);
        if (read.Length != batch.RowCount)
            throw new InvalidDataException($"Spark announced {batch.RowCount} rows and sent {read.Length}: run this again.");
        _rows += read.Length;
        return read;
    }

    ExecutePlanRequest Request()
    {
        var request = new ExecutePlanRequest
        {
            SessionId = session,
            UserContext = line.User,
            ClientType = line.ClientType,
            OperationId = Operation,
            Plan = PlanOf(sql),
        };
        request.RequestOptions.Add(
            new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new ReattachOptions { Reattachable = true } });
        request.Tags.AddRange(line.Tags);
        return request;
    }

    /// <summary>Has the server stop it; told once.</summary>
    /// <returns>Whether the server heard it.</returns>
    Task<bool> StopAsync()
    {
        if (_stopping is not null)
            return _stopping;
        var request = new InterruptRequest
        {
            SessionId = session,
            UserContext = line.User,
            ClientType = line.ClientType,
            InterruptType = InterruptRequest.Types.InterruptType.OperationId,
            OperationId = Operation,
        };
        return _stopping = Parting(options => line.Client.InterruptAsync(request, options));
    }

    Task<bool> Parting<T>(Func<CallOptions, AsyncUnaryCall<T>> call) =>
        SparkLine.IgnoreAsync(line.CallAsync(call, SparkLine.Parting, "", CancellationToken.None));
}
