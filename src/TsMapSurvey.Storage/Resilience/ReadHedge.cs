using Polly;
using Polly.CircuitBreaker;
using Polly.Hedging;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>
/// Late reads are put a second time: J. Dean and L. A. Barroso, "The Tail at Scale", Communications of the ACM 56 (2013) 74. Only what has
/// no answer is: a failure is the retry's, with its pause. Shared by all pipelines of a store, which together have only so many second
/// calls under way.
/// </summary>
internal sealed class ReadHedge(StorageOptions options)
{
    private int _secondCalls;

    public void AddTo<T>(ResiliencePipelineBuilder<T> builder) => builder.AddHedging(new HedgingStrategyOptions<T>
    {
        Name = "hedge",
        Delay = options.HedgeAfter,
        MaxHedgedAttempts = 1,
        // A second call that fails leaves the word to the first one.
        ShouldHandle = static arguments => ValueTask.FromResult(
            arguments.AttemptNumber > 0
                && (StoragePipelines.IsTransient(arguments.Outcome.Exception) || arguments.Outcome.Exception is BrokenCircuitException)),
        ActionGenerator = SecondCall,
    });

    /// <summary>Null where there are enough of them: asked again after another wait.</summary>
    private Func<ValueTask<Outcome<T>>>? SecondCall<T>(HedgingActionGeneratorArguments<T> arguments)
    {
        if (Interlocked.Increment(ref _secondCalls) > options.HedgesAtOnce)
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
