using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>The inputs of the fits of one output energy bin in a rectangle of the image.</summary>
internal sealed class FitInputs
{
    private FitInputs(PixelRegion read, bool[] positions, IReadOnlyList<FitLayer> layers, double[]? guess) =>
        (Read, Positions, Layers, Guess) = (read, positions, layers, guess);

    /// <summary>The rectangle; positions and layers have one value for each of its pixels.</summary>
    public PixelRegion Read { get; }

    /// <summary>Whether a pixel has an unmasked bin with background above zero in any dataset.</summary>
    public bool[] Positions { get; }

    public bool HasPositions => Positions.AsSpan().Contains(true);

    public IReadOnlyList<FitLayer> Layers { get; }

    /// <summary>A first guess of the norm, the mean over the datasets; null without a threshold, which needs it.</summary>
    public double[]? Guess { get; }

    /// <param name="datasets">All with the same image geometry.</param>
    /// <param name="irfs">For each dataset, the dataset whose energy dispersion is used.</param>
    /// <param name="kernels">One per dataset, with a plane for each of the bins.</param>
    public static FitInputs Create(
        IReadOnlyList<MapDataset> datasets, IReadOnlyList<MapDataset> irfs, IReadOnlyList<SourceKernel> kernels, TsMapOptions options,
        (int First, int Last) bins,
        PixelRegion read, FitArrays arrays, ParallelOptions parallel)
    {
        var positions = arrays.Zeros<bool>((int)read.Area);
        var layers = new List<FitLayer>();
        var guess = options.Threshold is null ? null : arrays.Zeros<double>(positions.Length);
        for (var d = 0; d < datasets.Count; d++)
        {
            var masked = new MaskedPlanes(
                datasets[d], irfs[d], options.ResponsesAt, options.Model.Spectral, bins, read, arrays, parallel);
            if (guess is not null)
                RowArithmetic.AddScaled(guess, NormGuess.Create(
                    datasets[d], irfs[d], options.ResponsesAt, kernels[d], options.Model.Spectral, bins, read, masked.Mask),
                    1.0 / datasets.Count);
            if (options.SumOverEnergyGroups) layers.Add(masked.Summed(kernels[d].Planes, kernels[d].Size, positions));
            else layers.AddRange(masked.BinByBin(kernels[d].Planes, kernels[d].Size, positions));
        }

        return new FitInputs(read, positions, layers, guess);
    }
}
