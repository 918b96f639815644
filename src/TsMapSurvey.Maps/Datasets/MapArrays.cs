using System.Runtime.CompilerServices;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// A pool of arrays for datasets. Reusing the arrays of a dataset for the next one of the same shape is faster than allocating memory.
/// Arrays have exactly the requested length. Thread-safe.
/// </summary>
/// <param name="maxBytes">Maximum size of the idle arrays. When it would be exceeded, the pool is emptied, which also removes shapes that
/// are no longer used.</param>
public sealed class MapArrays(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Element, int Length), Stack<Array>> _idle = [];

    public long IdleBytes { get; private set; }

    /// <summary>Returns an array with undefined content.</summary>
    public T[] Take<T>(int length)
        where T : unmanaged
    {
        lock (_lock)
        {
            if (_idle.TryGetValue((typeof(T), length), out var arrays) && arrays.TryPop(out var array))
            {
                IdleBytes -= Bytes((T[])array);
                return (T[])array;
            }
        }

        return GC.AllocateUninitializedArray<T>(length);
    }

    public void Return<T>(T[] array)
        where T : unmanaged
    {
        lock (_lock)
        {
            var bytes = Bytes(array);
            if (IdleBytes + bytes > maxBytes)
            {
                _idle.Clear();
                IdleBytes = 0;
            }

            if (bytes > maxBytes) return;
            if (!_idle.TryGetValue((typeof(T), array.Length), out var arrays))
                _idle[(typeof(T), array.Length)] = arrays = new Stack<Array>();
            arrays.Push(array);
            IdleBytes += bytes;
        }
    }

    /// <summary>Returns all arrays of a dataset to the pool. The dataset must not share them and must not be used afterwards.</summary>
    public void Return(MapDataset dataset)
    {
        Map<double>?[] maps = [dataset.Counts, dataset.Background, dataset.Exposure, dataset.Psf?.Density, dataset.Psf?.Exposure,
            dataset.Edisp?.Data, dataset.Edisp?.Exposure];
        foreach (var map in maps)
            if (map is not null) Return(map.Data);
        foreach (var mask in (Map<bool>?[])[dataset.MaskSafe, dataset.MaskFit])
            if (mask is not null) Return(mask.Data);
    }

    private static long Bytes<T>(T[] array)
        where T : unmanaged => (long)Unsafe.SizeOf<T>() * array.Length;
}
