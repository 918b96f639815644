using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TsMapSurvey.Server.Vo.Hips;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

/// <summary>Counts the tiles of a survey's HiPS that servers of this process compute, by order.</summary>
internal sealed class MadeTiles : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<int, int> _counts = new();

    public MadeTiles(string survey)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HipsMeter.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags[0].Value as string == survey) _counts.AddOrUpdate((int)tags[1].Value!, (int)count, (_, known) => known + (int)count);
        });
        _listener.Start();
    }

    public int[] ByOrder => [.. Enumerable.Range(0, 4).Select(order => _counts.GetValueOrDefault(order))];

    public void Clear() => _counts.Clear();

    public void Dispose() => _listener.Dispose();
}
