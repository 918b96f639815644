using System.Collections.Concurrent;
using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Rents arrays for the duration of a fit from a pool of arrays of earlier fits: planes are large objects, and the first access to new
/// memory costs more than the computations on it. Thread-safe. The arrays must not be used after this object is disposed.
/// </summary>
internal sealed class FitArrays : IDisposable
{
    /// <summary>Limit of the pool; the fits of an image of 1000 x 1000 pixels use about this much.</summary>
    private const long MaxPoolBytes = 96 << 20;

    private static readonly MapArrays Pool = new(MaxPoolBytes);

    private readonly ConcurrentBag<Action> _returns = [];

    /// <summary>An array with arbitrary content.</summary>
    public T[] Take<T>(int length)
        where T : unmanaged
    {
        var array = Pool.Take<T>(length);
        _returns.Add(() => Pool.GiveBack(array));
        return array;
    }

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
