using BenchmarkDotNet.Attributes;
using TsMapSurvey.Likelihood;
using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Benchmarks.Kernels;

/// <summary>The likelihood of a block of neighbouring pixels, per width of lanes. None of it allocates.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Lanes512))]
[GenericTypeArguments(typeof(Lanes256))]
[GenericTypeArguments(typeof(Lanes128))]
[GenericTypeArguments(typeof(Lanes64))]
public class LikelihoodBenchmarks<T>
    where T : struct, ILanes<T>
{
    private double[] _counts = [];
    private double[] _least = [];
    private double[] _ratio = [];
    private double[] _room = [];
    private double[] _background = [];
    private double[] _signal = [];
    private double[] _coefficients = [];
    private int[] _ends = [];
    private T _norm;

    /// <summary>Counted entries under the kernels; there are three times as many in all.</summary>
    [Params(16, 200)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double[] Numbers(int count, double from) => [.. Enumerable.Range(0, count).Select(_ => from + random.NextDouble())];
        _counts = [.. Enumerable.Range(0, Entries).Select(i => i < Entries * 3 / 4 ? 1.0 : 2.0)];
        _ends = [Entries * 3 / 4, Entries, Entries, Entries];
        (_least, _ratio, _room) = (Numbers(Entries, 0), Numbers(Entries * T.Count, 0.01), new double[Entries * T.Count]);
        _coefficients = new double[_room.Length + 3 * _ends.Length * T.Count];
        for (var i = 0; i < Entries; i++) _least[i] *= 1e-24;
        (_background, _signal) = (Numbers(3 * Entries, 0.1), Numbers(3 * Entries * T.Count, 0));
        _norm = NormRoot.Find(Block, T.Of(double.NaN), 1e-6, 100).Norm;
    }

    [Benchmark(Baseline = true)]
    public T Norm() => NormRoot.Find(Block, T.Of(0.8) * _norm, 1e-6, 100).Norm;

    [Benchmark]
    public T Ts() => Profile.Ts(Block, _norm);

    [Benchmark]
    public T UpperLimit() => Profile.Upper(CountedSums.Shift(Block, _norm, _room), 2);

    [Benchmark]
    public T LowerError() => Profile.Lower(CountedSums.Shift(Block, _norm, _room), Dense, _norm, 1);

    [Benchmark]
    public T SensitivityNorm() => Sensitivity.Find(Dense, 5, T.Of(double.NaN));

    /// <summary>TS at a hundred norms, as of a likelihood profile.</summary>
    [Benchmark]
    public T Curve()
    {
        var curve = new CountedCurve<T>(Block, _coefficients, stackalloc int[_ends.Length]);
        var sum = T.Of(0);
        for (var i = 1; i <= 100; i++) sum += Profile.Ts(curve, T.Of(0.02 * i) * _norm, T.Of(0));
        return sum;
    }

    private CashBlock<T> Block => new()
    {
        Counts = _counts,
        Least = _least,
        Ratio = _ratio,
        Ends = _ends,
        Signal = T.Of(1.5 * Entries),
        TotalCounts = T.Of(_counts.Sum()),
    };

    private DenseBlock<T> Dense => new() { Background = _background, Signal = _signal };
}
