using Polly;
using Polly.CircuitBreaker;
using Polly.Hedging;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>
/// Hedged reads: a late read is sent a second time. J. Dean and L. A. Barroso, "The Tail at Scale", Communications of the ACM 56 (2013)
/// 74. Failed reads are not hedged; the retry handles them after its delay. All pipelines of a store share one limit of second reads in
/// progress.
/// </summary>
internal sealed class ReadHedge(StorageOptions options)
{
    private int _secondCalls;

    public void AddTo<T>(ResiliencePipelineBuilder<T> builder) => builder.AddHedging(new HedgingStrategyOptions<T>
    {
        Name = "hedge",
        Delay = options.HedgeAfter,
        MaxHedgedAttempts = 1,
        // If the second call fails, the first one decides.
        ShouldHandle = static arguments => ValueTask.FromResult(
            arguments.AttemptNumber > 0
                && (StoragePipelines.IsTransient(arguments.Outcome.Exception) || arguments.Outcome.Exception is BrokenCircuitException)),
        ActionGenerator = SecondCall,
    });

    /// <summary>Null if the limit is reached; Polly asks again after another delay.</summary>
    private Func<ValueTask<Outcome<T>>>? SecondCall<T>(HedgingActionGeneratorArguments<T> arguments)
    {
        if (Interlocked.Increment(ref _secondCalls) > options.MaxConcurrentHedges)
        {
            Interlocked.Decrement(ref _secondCalls);
            return null;
        }

        return async () =>
        {
            try
            {
                return await arguments.Callback(arguments.ActionContext).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _secondCalls);
            }
        };
    }
}
