using System.Runtime.InteropServices;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Maps.Estimators.Fitting;

/// <summary>Gathers what lies under the kernels of neighbouring pixels of a row. Moves along the row from left to right; allocates only when it is made.</summary>
internal sealed class BlockEntries<T>
    where T : struct, ILanes<T>
{
    private readonly IReadOnlyList<FitLayer> _layers;
    private readonly (int First, int End)[][] _window;
    private readonly double[] _counts;
    private readonly double[] _least;
    private readonly double[] _ratio;
    private readonly double[] _denseBackground;
    private readonly double[] _denseSignal;

    public BlockEntries(IReadOnlyList<FitLayer> layers)
    {
        _layers = layers;
        _window = [.. layers.Select(layer => new (int, int)[2 * layer.Half + 1])];
        var dense = layers.Sum(layer => (2 * layer.Half + 1) * (2 * layer.Half + T.Count));
        var counted = Math.Min(dense, layers.Sum(layer => layer.Entries.Length));
        (_counts, _least) = (new double[counted], new double[counted]);
        (_ratio, Shifted) = (new double[counted * T.Count], new double[counted * T.Count]);
        (_denseBackground, _denseSignal) = (new double[dense], new double[dense * T.Count]);
    }

    /// <summary>Room for the ratios of the counted entries, shifted to another norm.</summary>
    public double[] Shifted { get; }

    /// <summary>The image row.</summary>
    public int Row { get; private set; }

    /// <summary>Goes to the start of an image row.</summary>
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

    /// <summary>n and m/b of the counted entries that the pixels from x on see.</summary>
    public CashBlock<T> Counted(int x, T signal, T totalCounts)
    {
        var count = 0;
        var (largest, there) = (T.Of(0), T.Of(0));
        for (var l = 0; l < _window.Length; l++)
        {
            var layer = _layers[l];
            var (half, kernels) = (layer.Half, layer.Kernels);
            var (firstRow, endRow) = (Math.Max(0, half - Row), Math.Min(2 * half + 1, layer.Height + half - Row));
            ref var reversed = ref MemoryMarshal.GetArrayDataReference(kernels.Reversed);
            for (var dy = firstRow; dy < endRow; dy++)
            {
                var entries = Slide(ref _window[l][dy], layer, Row + dy - half, x - half, x + half + T.Count);
                var start = dy * kernels.Stride + kernels.StartOf(x);
                foreach (ref readonly var entry in entries)
                {
                    var ratio = T.Of(entry.Ratio) * T.Load(ref reversed, start + entry.Start);
                    T.Store(ratio, ref MemoryMarshal.GetArrayDataReference(_ratio), count * T.Count);
                    (_counts[count], _least[count]) = (entry.Counts, entry.Least);
                    there = T.Select(T.Less(largest, ratio), T.Of(entry.Counts), there);
                    largest = T.Max(largest, ratio);
                    count++;
                }
            }
        }

        return new CashBlock<T>
        {
            Counts = _counts.AsSpan(0, count),
            Least = _least.AsSpan(0, count),
            Ratio = _ratio.AsSpan(0, count * T.Count),
            Signal = signal,
            TotalCounts = totalCounts,
            Largest = (largest, there),
        };
    }

    /// <summary>b and m of all entries that the pixels from x on see, leaving out pixels without exposure.</summary>
    public DenseBlock<T> Dense(int x)
    {
        var count = 0;
        ref var signal = ref MemoryMarshal.GetArrayDataReference(_denseSignal);
        foreach (var layer in _layers)
        {
            var (half, kernels) = (layer.Half, layer.Kernels);
            var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
            ref var reversed = ref MemoryMarshal.GetArrayDataReference(kernels.Reversed);
            for (var y = Math.Max(0, Row - half); y < Math.Min(layer.Height, Row + half + 1); y++)
            {
                var start = (y - Row + half) * kernels.Stride + kernels.StartOf(x);
                for (var column = firstX; column < endX; column++)
                {
                    var i = y * layer.Width + column;
                    var exposure = layer.Exposure[i];
                    if (exposure == 0) continue;
                    _denseBackground[count] = layer.Background[i];
                    T.Store(T.Of(exposure) * T.Load(ref reversed, layer.Pattern[i] * kernels.Length + start - column), ref signal, count * T.Count);
                    count++;
                }
            }
        }

        return new DenseBlock<T> { Background = _denseBackground.AsSpan(0, count), Signal = _denseSignal.AsSpan(0, count * T.Count) };
    }

    /// <summary>-min b/m over all entries with m &gt; 0, counted or not: below it some μ would be negative.</summary>
    public T Bound(int x)
    {
        var largest = T.Of(0);
        foreach (var layer in _layers)
        {
            var (half, kernels) = (layer.Half, layer.Kernels);
            var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
            ref var reversed = ref MemoryMarshal.GetArrayDataReference(kernels.Reversed);
            for (var y = Math.Max(0, Row - half); y < Math.Min(layer.Height, Row + half + 1); y++)
            {
                var start = (y - Row + half) * kernels.Stride + kernels.StartOf(x) - firstX;
                var ratio = layer.ExposureOverBackground.AsSpan(y * layer.Width + firstX, endX - firstX);
                var pattern = layer.Pattern.AsSpan(y * layer.Width + firstX, endX - firstX);
                for (var i = 0; i < ratio.Length; i++)
                    largest = T.Max(largest, T.Of(ratio[i]) * T.Load(ref reversed, pattern[i] * kernels.Length + start - i));
            }
        }

        // Beyond any real ratio: an entry without background, which bounds the norm by zero.
        return T.And(T.Less(largest, T.Of(Math.Sqrt(FitLayer.LargestRatio))), T.Of(-1) / largest);
    }

    /// <summary>The entries of an image row from a column up to another; moves to the right only.</summary>
    private static ReadOnlySpan<CountedEntry> Slide(ref (int First, int End) window, FitLayer layer, int row, int firstX, int endX)
    {
        var (first, end) = window;
        var (entries, rowEnd) = (layer.Entries, layer.RowStart[row + 1]);
        while (first < rowEnd && entries[first].X < firstX) first++;
        end = Math.Max(end, first);
        while (end < rowEnd && entries[end].X < endX) end++;
        window = (first, end);
        return entries.AsSpan(first, end - first);
    }
}
