using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TsMapSurvey.Storage.Resilience;
using TsMapSurvey.Storage.Tests.Faults;

namespace TsMapSurvey.Storage.Tests.Resilience;

/// <summary>The events on the meter "Polly" that infra/README.md lists.</summary>
public sealed class StorageTelemetryTests : IDisposable
{
    private static readonly StorageOptions Options = new() { Retries = 2, BreakerThroughput = 4, HedgeAfter = TimeSpan.FromSeconds(2) };
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<(string Pipeline, string Strategy, string Event)> _events = [];
    private readonly TimersClock _clock = new();
    private readonly FaultyStore _faulty = new(new MemoryStore(), $"store {Guid.NewGuid()}");
    private readonly ResilientBlobStore _store;

    public StorageTelemetryTests()
    {
        _store = new ResilientBlobStore(_faulty, Options, _clock);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Polly" && instrument.Name == "resilience.polly.strategy.events")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Note(tags));
        _listener.Start();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retries_are_counted()
    {
        _faulty.Plan.Enqueue(Fault.Lost);
        _faulty.Plan.Enqueue(Fault.AnswerLost);
        await PassAsync(_store.ReadAsync("x", Cancel));
        Assert.Equal(2, Count("tsmap-storage-call", "retry", "OnRetry"));
        Assert.Equal(0, Count("tsmap-storage-breaker", "breaker", "OnCircuitOpened"));
    }

    [Fact]
    public async Task Openings_and_closings_of_the_breaker_are_counted()
    {
        for (var i = 0; i < 4; i++) _faulty.Plan.Enqueue(Fault.Lost);
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<StorageException>(() => PassAsync(_store.ReadAsync("x", Cancel)));
        Assert.Equal((1, 0),
            (Count("tsmap-storage-breaker", "breaker", "OnCircuitOpened"), Count("tsmap-storage-breaker", "breaker", "OnCircuitClosed")));
        _clock.Advance(StoragePipelines.BreakerPause);
        await PassAsync(_store.ReadAsync("x", Cancel));
        Assert.Equal(1, Count("tsmap-storage-breaker", "breaker", "OnCircuitClosed"));
    }

    [Fact]
    public async Task Second_calls_of_late_reads_are_counted()
    {
        _faulty.Plan.Enqueue(Fault.Silence);
        var late = _store.FindAsync("x", Cancel);
        await _faulty.Silent;
        _clock.Advance(Options.HedgeAfter);
        Assert.Null(await late.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Equal(1, Count("tsmap-storage-find", "hedge", "OnHedging"));
    }

    [Fact]
    public async Task Calls_cut_off_are_counted_also_those_that_are_not_repeated()
    {
        _faulty.Plan.Enqueue(Fault.Silence);
        var write = _store.WriteAsync("x", new byte[1], WriteCondition.IfAbsent, Cancel);
        await _faulty.Silent;
        _clock.Advance(StoragePipelines.TryTimeout);
        await Assert.ThrowsAsync<StorageException>(() => write);
        Assert.Equal((1, 0), (Count("tsmap-storage-try", "try", "OnTimeout"), Count("tsmap-storage-call", "retry", "OnRetry")));
    }

    public void Dispose() => _listener.Dispose();

    private Task<T> PassAsync<T>(Task<T> task) => _clock.PassAsync(task, StoragePipelines.MaxRetryDelay);

    private int Count(string pipeline, string strategy, string name) => _events.Count(one => one == (pipeline, strategy, name));

    private void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in tags) values[name] = value?.ToString();
        if (values.GetValueOrDefault("pipeline.instance") == _faulty.Description)
            _events.Add((values.GetValueOrDefault("pipeline.name") ?? "", values.GetValueOrDefault("strategy.name")
                ?? "", values.GetValueOrDefault("event.name") ?? ""));
    }
}
