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
        var counted = Math.Min(dense, layers.Sum(layer => layer.EntryX.Length));
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
        ref var ratio = ref MemoryMarshal.GetArrayDataReference(_ratio);
        for (var l = 0; l < _window.Length; l++)
        {
            var layer = _layers[l];
            var (half, entryX) = (layer.Half, layer.EntryX);
            var (firstRow, endRow) = (Math.Max(0, half - Row), Math.Min(2 * half + 1, layer.Height + half - Row));
            for (var dy = firstRow; dy < endRow; dy++)
            {
                ref var window = ref _window[l][dy];
                var (first, end) = window;
                var rowEnd = layer.RowStart[Row + dy - half + 1];
                while (first < rowEnd && entryX[first] < x - half) first++;
                end = Math.Max(end, first);
                while (end < rowEnd && entryX[end] < x + half + T.Count) end++;
                window = (first, end);
                for (var e = first; e < end; e++)
                {
                    var kernel = layer.Kernels[layer.EntryPattern[e]];
                    ref var row = ref MemoryMarshal.GetArrayDataReference(kernel.Reversed);
                    (_counts[count], _least[count]) = (layer.EntryCounts[e], layer.EntryLeast[e]);
                    T.Store(T.Of(layer.EntryRatio[e]) * T.Load(ref row, dy * kernel.Stride + kernel.StartOf(x) - entryX[e]), ref ratio, count * T.Count);
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
        };
    }

    /// <summary>b and m of all entries that the pixels from x on see, leaving out pixels without exposure.</summary>
    public DenseBlock<T> Dense(int x)
    {
        var count = 0;
        ref var signal = ref MemoryMarshal.GetArrayDataReference(_denseSignal);
        foreach (var layer in _layers)
        {
            var half = layer.Half;
            var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
            for (var y = Math.Max(0, Row - half); y < Math.Min(layer.Height, Row + half + 1); y++)
                for (var column = firstX; column < endX; column++)
                {
                    var i = y * layer.Width + column;
                    if (layer.Exposure[i] == 0) continue;
                    var kernel = layer.Kernels[layer.Pattern[i]];
                    ref var row = ref MemoryMarshal.GetArrayDataReference(kernel.Reversed);
                    _denseBackground[count] = layer.Background[i];
                    T.Store(T.Of(layer.Exposure[i]) * T.Load(ref row, (y - Row + half) * kernel.Stride + kernel.StartOf(x) - column), ref signal, count * T.Count);
                    count++;
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
            var half = layer.Half;
            var (firstX, endX) = (Math.Max(0, x - half), Math.Min(layer.Width, x + half + T.Count));
            for (var y = Math.Max(0, Row - half); y < Math.Min(layer.Height, Row + half + 1); y++)
                for (var column = firstX; column < endX; column++)
                {
                    var i = y * layer.Width + column;
                    var kernel = layer.Kernels[layer.Pattern[i]];
                    ref var row = ref MemoryMarshal.GetArrayDataReference(kernel.Reversed);
                    var ratio = T.Of(layer.ExposureOverBackground[i]) * T.Load(ref row, (y - Row + half) * kernel.Stride + kernel.StartOf(x) - column);
                    largest = T.Select(T.Less(largest, ratio), ratio, largest);
                }
        }

        return T.Of(-1) / largest;
    }
}
