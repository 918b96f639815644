using System.Runtime.CompilerServices;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// The arrays of datasets that come and go: those of one that is done with serve the next one of the same shapes, since fresh memory costs
/// more than what is done with it. Lengths are exact. For several threads.
/// </summary>
/// <param name="mostBytes">Of arrays that wait to be used; where more come back, those that wait are let go, so that shapes that come no
/// more do not stay.</param>
public sealed class MapArrays(long mostBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Element, int Length), Stack<Array>> _waiting = [];

    /// <summary>Bytes of the arrays that wait.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>An array of anything.</summary>
    public T[] Take<T>(int length)
        where T : unmanaged
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue((typeof(T), length), out var arrays) && arrays.TryPop(out var array))
            {
                WaitingBytes -= Bytes((T[])array);
                return (T[])array;
            }
        }

        return GC.AllocateUninitializedArray<T>(length);
    }

    public void GiveBack<T>(T[] array)
        where T : unmanaged
    {
        lock (_lock)
        {
            var bytes = Bytes(array);
            if (WaitingBytes + bytes > mostBytes)
            {
                _waiting.Clear();
                WaitingBytes = 0;
            }

            if (bytes > mostBytes) return;
            if (!_waiting.TryGetValue((typeof(T), array.Length), out var arrays))
                _waiting[(typeof(T), array.Length)] = arrays = new Stack<Array>();
            arrays.Push(array);
            WaitingBytes += bytes;
        }
    }

    /// <summary>Gives back all of a dataset, which shares no array with anything else and must not be used any more.</summary>
    public void GiveBack(MapDataset dataset)
    {
        Map<double>?[] maps = [dataset.Counts, dataset.Background, dataset.Exposure, dataset.Psf?.Density, dataset.Psf?.Exposure,
            dataset.Edisp?.Data, dataset.Edisp?.Exposure];
        foreach (var map in maps)
            if (map is not null) GiveBack(map.Data);
        foreach (var mask in (Map<bool>?[])[dataset.MaskSafe, dataset.MaskFit])
            if (mask is not null) GiveBack(mask.Data);
    }

    private static long Bytes<T>(T[] array)
        where T : unmanaged => (long)Unsafe.SizeOf<T>() * array.Length;
}
