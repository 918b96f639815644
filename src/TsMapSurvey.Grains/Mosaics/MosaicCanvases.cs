using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>An LRU cache, bounded by bytes, of the silo's mosaics: an evicted one is assembled again from all tiles.</summary>
internal sealed class MosaicCanvases(GrainOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, MosaicCanvas Canvas)> _kept = new();

    /// <summary>Removes and returns a canvas; the caller puts it back once it is consistent again.</summary>
    public MosaicCanvas? Take(string key)
    {
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key) continue;
                _kept.Remove(node);
                return node.Value.Canvas;
            }

            return null;
        }
    }

    /// <summary>Evicts the mosaics of a deleted survey.</summary>
    public void Forget(string survey)
    {
        var root = new SurveyLayout(survey).Root;
        lock (_lock)
            foreach (var kept in _kept.Where(kept => kept.Key.StartsWith(root, StringComparison.Ordinal)).ToArray()) _kept.Remove(kept);
    }

    public void PutBack(string key, MosaicCanvas canvas)
    {
        lock (_lock)
        {
            _kept.AddLast((key, canvas));
            while (_kept.Sum(kept => kept.Canvas.ByteSize) > options.MosaicBytes && _kept.First is { } oldest) _kept.Remove(oldest);
        }
    }
}
