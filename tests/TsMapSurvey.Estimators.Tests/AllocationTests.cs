using TsMapSurvey.Estimators.Fitting;
using TsMapSurvey.Likelihood.Lanes;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Estimators.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(TsMapSelection.None)]
    [InlineData(TsMapSelection.ErrnErrp | TsMapSelection.Ul)]
    [InlineData(TsMapSelection.All)]
    public void Fitting_rows_allocates_nothing(TsMapSelection selection)
    {
        Assert.Equal(0, Allocated<Lanes512>(selection));
        Assert.Equal(0, Allocated<Lanes64>(selection));
    }

    private static long Allocated<T>(TsMapSelection selection)
        where T : struct, ILanes<T>
    {
        var dataset = Samples.Observation();
        var options = new TsMapOptions { NJobs = 1, Selection = selection };
        var kernels = new TsMapEstimator(options).EstimateKernels([dataset]);
        var region = dataset.Grid.Region;
        using var arrays = new FitArrays();
        var alone = new ParallelOptions { MaxDegreeOfParallelism = 1 };
        var inputs =
            FitInputs.Create([dataset], [dataset], kernels.Of(0), options, (0, dataset.Energy.BinCount - 1), region, arrays, alone);
        var sums = WindowSums.Create<T>(inputs.Layers, region, arrays, alone);
        var fitter = new BlockFitter<T>(inputs, sums, region, options, new FitOutput(new TsMapPlanes(region, 1, selection), 0, 1), arrays);
        fitter.Fit(0, region.Height);
        var before = GC.GetAllocatedBytesForCurrentThread();
        fitter.Fit(0, region.Height);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
