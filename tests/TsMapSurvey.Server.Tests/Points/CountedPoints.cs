using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TsMapSurvey.Server.Api.Points;

namespace TsMapSurvey.Server.Tests.Points;

/// <summary>Counts what servers of this process compute to answer positions of a survey.</summary>
internal sealed class CountedPoints : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public CountedPoints(string survey)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PointMeter.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (tags[0].Value as string == survey) _counts.AddOrUpdate(instrument.Name, count, (_, known) => known + count);
        });
        _listener.Start();
    }

    public long Prepared => _counts.GetValueOrDefault(PointMeter.Prepared);

    public long Fitted => _counts.GetValueOrDefault(PointMeter.Fitted);

    public void Dispose() => _listener.Dispose();
}
