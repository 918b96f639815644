using System.Collections.Concurrent;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Arrays that last as long as a fit, out of those that earlier fits have left: planes are large objects, whose memory costs more while it
/// is fresh than what is done with it. For several threads. What took one must not be used once this is disposed.
/// </summary>
internal sealed class FitArrays : IDisposable
{
    /// <summary>What the process keeps for its next fits: those of an image of 1000 x 1000 pixels leave about as much.</summary>
    private const long MostBytes = 96 << 20;

    private static readonly MapArrays Waiting = new(MostBytes);

    private readonly ConcurrentBag<Action> _returns = [];

    /// <summary>An array of anything.</summary>
    public T[] Take<T>(int length)
        where T : unmanaged
    {
        var array = Waiting.Take<T>(length);
        _returns.Add(() => Waiting.GiveBack(array));
        return array;
    }

    /// <summary>An array of zeros.</summary>
    public T[] Zeros<T>(int length)
        where T : unmanaged
    {
        var array = Take<T>(length);
        Array.Clear(array);
        return array;
    }

    public void Dispose()
    {
        while (_returns.TryTake(out var giveBack)) giveBack();
    }
}
