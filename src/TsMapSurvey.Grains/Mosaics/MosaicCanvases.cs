using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>Keeps the silo's mosaics between requests within a budget of bytes: one that is dropped is made anew from all tiles.</summary>
internal sealed class MosaicCanvases(GrainOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, MosaicCanvas Canvas)> _kept = new();

    /// <summary>Takes a canvas out; its user puts it back when it is consistent again.</summary>
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

    /// <summary>Drops those of a survey that is there no longer.</summary>
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
