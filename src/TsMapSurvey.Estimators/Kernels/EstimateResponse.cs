using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The kernels of an estimate, and the factors that convert exposure to reco energy; both are the same for all pixels.</summary>
internal sealed record EstimateResponse(EstimatorKernels Kernels, IReadOnlyList<double[][]> Factors)
{
    /// <summary>
    /// The largest change, relative to the largest value of a kernel plane or of the factors of a bin, that is treated as no change. Fit
    /// results change in proportion, amplified for limits and for the square root of a small TS; the tolerance is a thousandth of the
    /// guaranteed 1e-9.
    /// </summary>
    public const double Tolerance = 1e-12;

    public static EstimateResponse Create(TsMapEstimator estimator, IReadOnlyList<MapDataset> datasets, MapDataset? irfs)
    {
        var groups = EnergyGroups.Create(datasets[0].Energy, estimator.Options).Bins;
        return new EstimateResponse(
            estimator.EstimateKernels(datasets, irfs),
            [.. datasets.Select(dataset => RecoExposure.Factors(
                dataset, (irfs ?? dataset).Edisp, estimator.Options.Model.Spectral, groups[0].First, groups[^1].Last,
                estimator.Options.ResponsesAt))]);
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
