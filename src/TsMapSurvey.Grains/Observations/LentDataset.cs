using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Grains.Observations;

/// <summary>An observation's dataset until this is disposed, once: its arrays then may hold another one.</summary>
internal sealed class LentDataset(MapDataset dataset, Action end) : IDisposable
{
    private Action? _end = end;

    public MapDataset Dataset { get; } = dataset;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
