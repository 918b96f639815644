using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// Gathers the entries under the kernels of neighbouring pixels of a row. It moves along the row from left to right and allocates only in
/// the constructor.
/// </summary>
internal sealed class BlockEntries<T>
    where T : struct, ILanes<T>
{
    private readonly FitLayer[] _layers;
    private readonly (int First, int End)[][] _window;
    private readonly int[] _ends = new int[CountedEntry.Classes + 1];
    private readonly int _room;
    private readonly double[] _counts;
    private readonly double[] _least;
    private readonly double[] _ratio;
    private readonly double[] _denseBackground;
    private readonly double[] _denseSignal;

    public BlockEntries(IReadOnlyList<FitLayer> layers, FitArrays arrays)
    {
        _layers = [.. layers];
        _window = [.. layers.Select(layer => new (int, int)[2 * layer.Half + 1])];
        var dense = layers.Sum(layer => (2 * layer.Half + 1) * (2 * layer.Half + T.Count));
        var counted = Math.Min(dense, layers.Sum(layer => layer.RowStart[layer.Height]));
        (_room, var all) = (counted, (CountedEntry.Classes + 1) * counted);
        (_counts, _least) = (arrays.Take<double>(all), arrays.Take<double>(all));
        (_ratio, Shifted) = (arrays.Take<double>(all * T.Count), arrays.Take<double>(counted * T.Count));
        (_denseBackground, _denseSignal) = (arrays.Take<double>(dense), arrays.Take<double>(dense * T.Count));
    }

    /// <summary>Buffer for the ratios of the counted entries, shifted to another norm.</summary>
    public double[] Shifted { get; }

    public int Row { get; private set; }

    public void OpenRow(int y)
    {
        Row = y;
        for (var l = 0; l < _window.Length; l++)
            for (var dy = 0; dy < _window[l].Length; dy++)
            {
                var row = y + dy - _layers[l].Half;
                var start = row >= 0 && row < _layers[l].Height ? _layers[l].RowStart[row] : 0;
                _window[l][dy] = (start, start);
            }
    }

    /// <summary>n and m/b of the counted entries under the kernels of the pixels from x on.</summary>
    public CashBlock<T> Counted(int x, T signal, T totalCounts)
    {
        Array.Clear(_ends);
        var largest = (T.Of(0), T.Of(0));
        for (var l = 0; l < _layers.Length; l++) Gather(_layers[l], _window[l], x, ref largest);
        var count = Compact();
        return new CashBlock<T>
        {
            Counts = _counts.AsSpan(0, count),
            Least = _least.AsSpan(0, count),
            Ratio = _ratio.AsSpan(0, count * T.Count),
            Ends = _ends.AsSpan(0, CountedEntry.Classes),
            Signal = signal,
            TotalCounts = totalCounts,
            Largest = largest,
        };
    }

    /// <summary>b and m of all entries with exposure under the kernels of the pixels from x on.</summary>
    public DenseBlock<T> Dense(int x) => Dense(x, T.Of(-1));

    /// <summary>As <see cref="Dense(int)"/>, with only the entries whose ratio m/b is above the value of at least one lane.</summary>
    public DenseBlock<T> Dense(int x, T above)
    {
        var count = 0;
        foreach (var layer in _layers) count = GatherDense(layer, x, above, count);
        return new DenseBlock<T> { Background = _denseBackground.AsSpan(0, count), Signal = _denseSignal.AsSpan(0, count * T.Count) };
    }

    /// <summary>
    /// The largest m/b of all entries, with or without counts; for norms below -1 divided by it, some μ would be negative.
    /// </summary>
    public T LargestRatio(int x)
    {
        var largest = T.Of(0);
        foreach (var layer in _layers) largest = T.Max(largest, LargestOf(layer, x));
        return largest;
    }

    /// <summary>The lowest norm at which no μ is negative; zero for the ratio that stands for an entry without background.</summary>
    public static T BoundOf(T largestRatio) => T.And(T.Less(largestRatio, T.Of(Math.Sqrt(FitLayer.LargestRatio))), T.Of(-1) / largestRatio);

    // The loops below call no method that is not inlined, so that values across lanes stay in registers.
    private void Gather(FitLayer layer, (int First, int End)[] window, int x, ref (T Ratio, T Counts) best)
    {
        var (half, stride, entries, rowStart) = (layer.Half, layer.Kernels.Stride, layer.Entries, layer.RowStart);
        var (firstRow, endRow) = (Math.Max(0, half - Row), Math.Min(2 * half + 1, layer.Height + half - Row));
        ref var reversed = ref MemoryMarshal.GetArrayDataReference(layer.Kernels.Reversed);
        ref var ratios = ref MemoryMarshal.GetArrayDataReference(_ratio);
        var (counts, leasts, room) = (_counts, _least, _room);
        ref var ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        var start = firstRow * stride + layer.Kernels.StartOf(x);
        var (largest, there) = (best.Ratio, best.Counts);
        for (var dy = firstRow; dy < endRow; dy++, start += stride)
        {
            var (first, end) = window[dy];
            var rowEnd = rowStart[Row + dy - half + 1];
            while (first < rowEnd && entries[first].X < x - half) first++;
            if (end < first) end = first;
            while (end < rowEnd && entries[end].X < x + half + T.Count) end++;
            window[dy] = (first, end);
            for (var e = first; e < end; e++)
            {
                ref readonly var entry = ref entries[e];
                var ratio = T.Of(entry.Ratio) * T.Load(ref reversed, start + entry.Start);
                var slot = entry.Class * room + Unsafe.Add(ref ends, entry.Class)++;
                T.Store(ratio, ref ratios, slot * T.Count);
                counts[slot] = entry.Counts;
                leasts[slot] = entry.Least;
                there = T.Select(T.Less(largest, ratio), T.Of(entry.Counts), there);
                largest = T.Max(largest, ratio);
            }
        }

        best = (largest, there);
    }

    /// <summary>Moves the classes to consecutive positions and replaces their lengths by their ends.</summary>
    private int Compact()
    {
        var count = _ends[0];
        for (var k = 1; k < _ends.Length; k++)
        {
            var (length, from) = (_ends[k], k * _room);
            Array.Copy(_counts, from, _counts, count, length);
            Array.Copy(_least, from, _least, count, length);
            Array.Copy(_ratio, from * T.Count, _ratio, count * T.Count, length * T.Count);
            _ends[k] = count += length;
        }

        return count;
    }

    private int GatherDense(FitLayer layer, int x, T above, int count)
    {
        var (half, kernels) = (layer.Half, layer.Kernels);
        var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
        ref var reversed = ref MemoryMarshal.GetArrayDataReference(kernels.Reversed);
        ref var signals = ref MemoryMarshal.GetArrayDataReference(_denseSignal);
        var (exposures, backgrounds, ratios, kernelStart, target) =
            (layer.Exposure, layer.Background, layer.ExposureOverBackground, layer.KernelStart, _denseBackground);
        for (var y = Math.Max(0, Row - half); y < Math.Min(layer.Height, Row + half + 1); y++)
        {
            var start = (y - Row + half) * kernels.Stride + kernels.StartOf(x);
            for (var column = firstX; column < endX; column++)
            {
                var i = y * layer.Width + column;
                var exposure = exposures[i];
                if (exposure == 0) continue;
                var kernel = T.Load(ref reversed, kernelStart[i] + start);
                if (!T.Any(T.Less(above, T.Of(ratios[i]) * kernel))) continue;
                target[count] = backgrounds[i];
                T.Store(T.Of(exposure) * kernel, ref signals, count * T.Count);
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// Visits the kernel's rows from the middle outwards and skips rows that cannot have a larger ratio, which are most for a peaked
    /// kernel.
    /// </summary>
    private T LargestOf(FitLayer layer, int x)
    {
        var (half, kernels, largest) = (layer.Half, layer.Kernels, T.Of(0));
        var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
        ref var reversed = ref MemoryMarshal.GetArrayDataReference(kernels.Reversed);
        for (var step = 0; step <= 2 * half; step++)
        {
            var dy = (step & 1) == 0 ? half + step / 2 : half - (step + 1) / 2;
            var y = Row + dy - half;
            if (y < 0 || y >= layer.Height || !T.Any(T.Less(largest, T.Of(layer.LargestOfRow[y] * kernels.LargestOfRow[dy])))) continue;
            var start = dy * kernels.Stride + kernels.StartOf(x);
            ref var ratio = ref layer.ExposureOverBackground[y * layer.Width + firstX];
            ref var kernelStart = ref layer.KernelStart[y * layer.Width + firstX];
            for (var i = 0; i < endX - firstX; i++)
                largest = T.Max(largest, T.Of(Unsafe.Add(ref ratio, i)) * T.Load(ref reversed, Unsafe.Add(ref kernelStart, i) + start));
        }

        return largest;
    }
}
