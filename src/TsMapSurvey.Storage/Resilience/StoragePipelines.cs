using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace TsMapSurvey.Storage.Resilience;

/// <summary>
/// Retries, timeouts and the circuit breaker of all calls. They share one breaker; only calls that are safe to repeat are retried. Polly's
/// meter "Polly" reports events under these names, with the store's address as <c>pipeline.instance</c>.
/// </summary>
internal sealed class StoragePipelines
{
    /// <summary>Of one attempt; for a stream upload, the longest time without progress.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest delay between two attempts. Delays double, with jitter.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>How long calls are rejected after too many attempts within <see cref="BreakerWindow"/> failed.</summary>
    public static readonly TimeSpan BreakerPause = TimeSpan.FromSeconds(10);

    private const double BreakerFailureRatio = 0.5;
    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Of all attempts of a call together; stream uploads have no total timeout.</summary>
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromMinutes(2);

    /// <param name="store">The store's address.</param>
    public StoragePipelines(string store, StorageOptions options, TimeProvider time, ILoggerFactory? loggers)
    {
        loggers ??= NullLoggerFactory.Instance;
        var breaker = New("tsmap-storage-breaker").AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            Name = "breaker",
            ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
            FailureRatio = BreakerFailureRatio,
            MinimumThroughput = options.BreakerThroughput,
            SamplingDuration = BreakerWindow,
            BreakDuration = BreakerPause,
        }).Build();
        var call = New("tsmap-storage-call").AddTimeout(Timeout("total", TotalTimeout)).AddRetry(Retry(options)).Build();
        Once = New("tsmap-storage-try").AddPipeline(breaker).AddTimeout(Timeout("try", TryTimeout)).Build();
        Repeated = New("tsmap-storage-repeated").AddPipeline(call).AddPipeline(Once).Build();
        RepeatedUpload = New("tsmap-storage-repeated-upload").AddRetry(Retry(options)).AddPipeline(breaker).Build();
        OnceUpload = New("tsmap-storage-once-upload").AddPipeline(breaker).Build();
        var hedge = new ReadHedge(options);
        Finds = Read<BlobEntry?>("tsmap-storage-find");
        Reads = Read<BlobContent?>("tsmap-storage-read");
        Ranges = Read<ArraySegment<byte>>("tsmap-storage-range");

        ResiliencePipelineBuilder New(string name)
        {
            var builder = new ResiliencePipelineBuilder { Name = name, InstanceName = store, TimeProvider = time };
            return builder.ConfigureTelemetry(loggers);
        }

        ResiliencePipeline<T> Read<T>(string name)
        {
            var builder = new ResiliencePipelineBuilder<T> { Name = name, InstanceName = store, TimeProvider = time };
            builder.ConfigureTelemetry(loggers).AddPipeline(call);
            if (options.HedgeAfter > TimeSpan.Zero) hedge.AddTo(builder);
            return builder.AddPipeline(Once).Build();
        }
    }

    /// <summary>Listings, opening streams, and writes that are safe to repeat.</summary>
    public ResiliencePipeline Repeated { get; }

    /// <summary>Conditional writes: after a lost answer a retry would see our own write as a conflict.</summary>
    public ResiliencePipeline Once { get; }

    /// <summary>Stream uploads, limited by their progress instead of their total time.</summary>
    public ResiliencePipeline RepeatedUpload { get; }

    public ResiliencePipeline OnceUpload { get; }

    /// <summary>Small reads, each hedged when late.</summary>
    public ResiliencePipeline<BlobEntry?> Finds { get; }

    public ResiliencePipeline<BlobContent?> Reads { get; }

    public ResiliencePipeline<ArraySegment<byte>> Ranges { get; }

    internal static bool IsTransient(Exception? exception) =>
        exception is StorageException { IsRetryable: true } or TimeoutRejectedException;

    private static TimeoutStrategyOptions Timeout(string name, TimeSpan longest) => new() { Name = name, Timeout = longest };

    private static RetryStrategyOptions Retry(StorageOptions options) => new()
    {
        Name = "retry",
        ShouldHandle = static arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
        MaxRetryAttempts = options.Retries,
        Delay = FirstRetryDelay,
        MaxDelay = MaxRetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    };
}
