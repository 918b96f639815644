using System.Diagnostics;
using TsMapSurvey.Benchmarks.Peer;
using TsMapSurvey.Estimators;
using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Roofline;

/// <summary>How near the fit loop of a case comes to the time that its own arithmetic takes at the least, on one core.</summary>
internal static class FitLoop
{
    public static void Print(string name)
    {
        var one = PeerCase.Named(name);
        switch (LaneWidths.Used)
        {
            case LaneWidth.Bits512: Print<Lanes512>(one); break;
            case LaneWidth.Bits256: Print<Lanes256>(one); break;
            case LaneWidth.Bits128: Print<Lanes128>(one); break;
            default: Print<Lanes64>(one); break;
        }
    }

    private static void Print<T>(PeerCase one)
        where T : struct, ILanes<T>
    {
        var dataset = MapDatasetFile.Read(Shared.Path(one.Dataset.Split('/')));
        var options = one.Options with { NJobs = 1 };
        var kernels = new TsMapEstimator(options).EstimateKernels([dataset]);
        var groups = EnergyGroups.Create(dataset.Energy, options).Bins;
        using var arrays = new FitArrays();
        var alone = new ParallelOptions { MaxDegreeOfParallelism = 1 };
        FitInputs[] inputs = [.. groups.Select(
            (bins, g) => FitInputs.Create([dataset], [dataset], kernels.Of(g), options, bins, dataset.Grid.Region, arrays, alone))];
        Counted<T>.Forget();
        foreach (var input in inputs) Run<Counted<T>>(input);
        var (multiplyAdds, divisions, splits) = (Counted<T>.MultiplyAdds, Counted<T>.Divisions, Counted<T>.Splits);
        var costs = UnitCosts.Measure<T>();
        var milliseconds = inputs.Sum(input => Enumerable.Range(0, 30).Min(_ => Run<T>(input)));
        double[] parts = [multiplyAdds * costs.MultiplyAdd / 1e6, divisions * costs.Division / 1e6, splits * costs.Split / 1e6];
        Console.WriteLine(FormattableString.Invariant($"{one.Name}: {T.Count} lanes, fit loop {milliseconds:0.0} ms on one core"));
        Console.WriteLine(FormattableString.Invariant(
            $"  {multiplyAdds / 1e6,8:0.00} million multiply-adds of {costs.MultiplyAdd:0.000} ns = {parts[0]:0.0} ms"));
        Console.WriteLine(FormattableString.Invariant(
            $"  {divisions / 1e6,8:0.00} million divisions     of {costs.Division:0.000} ns = {parts[1]:0.0} ms"));
        Console.WriteLine(
            FormattableString.Invariant($"  {splits / 1e6,8:0.00} million mantissas     of {costs.Split:0.000} ns = {parts[2]:0.0} ms"));
        Console.WriteLine(FormattableString.Invariant(
            $"  roofline {100 * parts.Sum() / milliseconds:0} %; {100 * parts.Max() / milliseconds:0} % if all three ran at once"));

        double Run<TLanes>(FitInputs input)
            where TLanes : struct, ILanes<TLanes>
        {
            var region = dataset.Grid.Region;
            var sums = WindowSums.Create<TLanes>(input.Layers, region, arrays, alone);
            var fitter = new BlockFitter<TLanes>(
                input, sums, region, options, new FitOutput(new TsMapPlanes(region, 1, options.Selection), 0, 1), arrays);
            Counted<T>.Forget();
            var began = Stopwatch.GetTimestamp();
            for (var row = 0; row < region.Height; row += BlockFit.Rows) fitter.Fit(row, Math.Min(BlockFit.Rows, region.Height - row));
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }
}
