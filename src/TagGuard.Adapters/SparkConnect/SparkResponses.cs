using Grpc.Core;
using TagGuard.Adapters.SparkConnect.Protocol;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>The responses to a statement, each once and in order. A stream that breaks, or that the server ends before the result is complete,
/// is taken up behind the last response that came.</summary>
/// <remarks>
/// The server keeps responses for that (spark.connect.execute.reattachable.observerRetryBufferSize), and ends a stream by itself after some minutes
/// (…senderMaxStreamDuration).
/// </remarks>
/// <param name="line">The way to the server.</param>
/// <param name="request">The statement.</param>
sealed class SparkResponses(SparkLine line, ExecutePlanRequest request) : IDisposable
{
    /// <summary>How often it is taken up without anything new.</summary>
    const int Tries = 5;

    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    AsyncServerStreamingCall<ExecutePlanResponse>? _call;
    string? _last;
    int _tries;

    /// <summary>Whether the server said that this was all.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next response; null at the end.</summary>
    /// <exception cref="RpcException">Spark failed, or cannot be reached any more.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<ExecutePlanResponse?> NextAsync(CancellationToken cancellationToken)
    {
        while (!IsComplete)
        {
            // The token of a call ends with it, so each call has none, and each wait has its own.
            _call ??= _last is null && _tries == 0
                ? line.Client.ExecutePlan(request, line.Options(CancellationToken.None))
                : line.Client.ReattachExecute(Reattach(), line.Options(CancellationToken.None));
            if (await MovesAsync(_call, cancellationToken))
            {
                var response = _call.ResponseStream.Current;
                (_last, _tries) = (response.ResponseId, 0);
                IsComplete = response.ResultComplete is not null;
                if (!IsComplete)
                    return response;
            }
            else
            {
                Dispose();
                await Task.Delay(FirstWait * Math.Pow(2, _tries++), line.Clock, cancellationToken);
            }
        }
        return null;
    }

    public void Dispose()
    {
        _call?.Dispose();
        _call = null;
    }

    /// <returns>False when the stream is to be taken up.</returns>
    async Task<bool> MovesAsync(AsyncServerStreamingCall<ExecutePlanResponse> call, CancellationToken cancellationToken)
    {
        try
        {
            if (await call.ResponseStream.MoveNext(cancellationToken))
                return true;
            const string told = "The server ends the stream again and again before the result is complete";
            return _tries >= Tries ? throw new RpcException(new Status(StatusCode.Unavailable, told)) : false;
        }
        catch (RpcException fault) when (_tries < Tries && SparkFault.IsOfLine(fault))
        {
            return false;
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A connection that breaks ends what waits in it in this way, too.
            return _tries >= Tries ? throw new RpcException(new Status(StatusCode.Unavailable, "The line broke off", fault)) : false;
        }
    }

    ReattachExecuteRequest Reattach()
    {
        var reattach = new ReattachExecuteRequest
        {
            SessionId = request.SessionId,
            UserContext = request.UserContext,
            OperationId = request.OperationId,
            ClientType = request.ClientType,
        };
        if (_last is not null)
            reattach.LastResponseId = _last;
        return reattach;
    }
}
