using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

/// <summary>Pixels with the same counts and different signals, as a block of lanes, and each lane separately.</summary>
internal sealed class PixelBlock<T>
    where T : struct, ILanes<T>
{
    private readonly double[] _counts;
    private readonly int[] _ends;
    private readonly double[] _least;
    private readonly double[] _ratio;
    private readonly double[] _denseSignal;

    public PixelBlock(int seed, int length)
    {
        Pixels = [.. Enumerable.Range(0, T.Count).Select(_ => new RandomPixel(seed, length))];
        for (var lane = 1; lane < T.Count; lane++)
            for (var i = 0; i < length; i++) Pixels[lane].Signal[i] *= 1 + 0.3 * lane * ((i * 7 + lane) % 5) / 4;
        var first = Pixels[0];
        int[] counted = [.. Enumerable.Range(0, length).Where(i => first.Counts[i] > 0 && first.Signal[i] > 0)];
        (counted, _ends) = CountClasses.Sort(counted, first.Counts);
        _counts = [.. counted.Select(i => first.Counts[i])];
        _least = [.. counted.Select(i => Cash.Truncation / first.Background[i])];
        _ratio = [.. counted.SelectMany(i => Pixels.Select(pixel => pixel.Signal[i] / pixel.Background[i]))];
        _denseSignal = [.. Enumerable.Range(0, length).SelectMany(i => Pixels.Select(pixel => pixel.Signal[i]))];
    }

    public RandomPixel[] Pixels { get; }

    public CashBlock<T> Counted => new()
    {
        Counts = _counts,
        Least = _least,
        Ratio = _ratio,
        Ends = _ends,
        Signal = Lanes(pixel => pixel.Signal.Sum()),
        TotalCounts = T.Of(Pixels[0].Counts.Sum()),
    };

    public DenseBlock<T> Dense => new() { Background = Pixels[0].Background, Signal = _denseSignal };

    /// <summary>The block with its ratios shifted to norms.</summary>
    public ShiftedBlock<T> Shifted(T norm) => CountedSums.Shift(Counted, norm, new double[_ratio.Length]);

    public T Lanes(Func<RandomPixel, double> value) => Pack.Lanes<T>([.. Pixels.Select(value)]);

    /// <summary>Compares each lane with its pixel, with a tolerance relative to the larger of one and the expected value.</summary>
    public void Close(T found, Func<RandomPixel, double> expected, double tolerance)
    {
        var values = Pack.Values(found);
        for (var lane = 0; lane < T.Count; lane++)
        {
            var right = expected(Pixels[lane]);
            Assert.True(Math.Abs(values[lane] - right) <= tolerance * Math.Max(1, Math.Abs(right)),
                $"lane {lane}: {values[lane]:R}, expected {right:R}");
        }
    }
}
