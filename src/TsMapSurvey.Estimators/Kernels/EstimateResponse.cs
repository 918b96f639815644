using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>What of an estimate is the same for all of its pixels: kernels, and the factors that make exposure in reco energy.</summary>
internal sealed record EstimateResponse(EstimatorKernels Kernels, IReadOnlyList<double[][]> Factors)
{
    /// <summary>
    /// How far a kernel, by its peak, or a factor, by the largest, may move. The numbers of a fit follow in proportion, times what a limit
    /// or the root of a small TS makes of it, so that a thousandth of the 1e-9 that is promised is left.
    /// </summary>
    public const double Tolerance = 1e-12;

    public static EstimateResponse Create(TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs)
    {
        var groups = EnergyGroups.Create(datasets[0].Energy, estimator.Options).Bins;
        return new EstimateResponse(
            estimator.EstimateKernels(datasets, irfs),
            [.. datasets.Select(dataset => RecoExposure.Factors(
                dataset, (irfs ?? dataset).Edisp, estimator.Options.Model.Spectral, groups[0].First, groups[^1].Last))]);
    }

    public bool IsSameAs(EstimateResponse other, int groups)
    {
        if (Factors.Count != other.Factors.Count || !Kernels.Warnings.SequenceEqual(other.Kernels.Warnings)) return false;
        for (var d = 0; d < Factors.Count; d++)
        {
            if (!AreSame(Factors[d], other.Factors[d])) return false;
            for (var group = 0; group < groups; group++)
            {
                var (mine, theirs) = (Kernels.Of(group)[d], other.Kernels.Of(group)[d]);
                if (mine.Size != theirs.Size || !AreSame(mine.Planes, theirs.Planes)) return false;
            }
        }

        return true;
    }

    private static bool AreSame(double[][] planes, double[][] others)
    {
        if (planes.Length != others.Length) return false;
        for (var k = 0; k < planes.Length; k++)
        {
            if (planes[k].Length != others[k].Length) return false;
            var allowed = Tolerance * planes[k].Max();
            for (var i = 0; i < planes[k].Length; i++)
                if (!(Math.Abs(planes[k][i] - others[k][i]) <= allowed)) return false;
        }

        return true;
    }
}
