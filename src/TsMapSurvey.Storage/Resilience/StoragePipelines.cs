using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>How calls are borne, the one place for it: all share one circuit breaker; only what may be repeated is.</summary>
internal sealed class StoragePipelines
{
    public StoragePipelines(StorageOptions options, TimeProvider time, ILoggerFactory? loggers)
    {
        loggers ??= NullLoggerFactory.Instance;
        var breaker = New("tsmap-storage-breaker").AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            Name = "breaker",
            ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
            FailureRatio = options.BreakerFailureRatio,
            MinimumThroughput = options.BreakerThroughput,
            SamplingDuration = options.BreakerWindow,
            BreakDuration = options.BreakerPause,
        }).Build();
        Repeated = New("tsmap-storage-repeated")
            .AddTimeout(options.TotalTimeout)
            .AddRetry(Retry(options))
            .AddPipeline(breaker)
            .AddTimeout(options.TryTimeout)
            .Build();
        Once = New("tsmap-storage-once").AddPipeline(breaker).AddTimeout(options.TryTimeout).Build();
        RepeatedUpload = New("tsmap-storage-repeated-upload").AddRetry(Retry(options)).AddPipeline(breaker).Build();
        OnceUpload = New("tsmap-storage-once-upload").AddPipeline(breaker).Build();

        ResiliencePipelineBuilder New(string name)
        {
            var builder = new ResiliencePipelineBuilder { Name = name, TimeProvider = time };
            return builder.ConfigureTelemetry(loggers);
        }
    }

    /// <summary>Reads, and writes that can be done twice.</summary>
    public ResiliencePipeline Repeated { get; }

    /// <summary>Conditional writes: after a lost answer the condition would refuse our own success.</summary>
    public ResiliencePipeline Once { get; }

    /// <summary>The two for streams, whose time is bounded by progress and not as a whole.</summary>
    public ResiliencePipeline RepeatedUpload { get; }

    public ResiliencePipeline OnceUpload { get; }

    private static RetryStrategyOptions Retry(StorageOptions options) => new()
    {
        Name = "retry",
        ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
        MaxRetryAttempts = options.Retries,
        Delay = options.RetryDelay,
        MaxDelay = options.MaxRetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    };

    private static bool IsTransient(Exception? exception) =>
        exception is StorageException { IsRetryable: true } or TimeoutRejectedException;
}
