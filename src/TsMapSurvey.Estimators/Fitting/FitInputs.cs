using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>All that the fit of one output energy bin needs of a rectangle of the image: layers, and where to fit (numerics 3.5).</summary>
internal sealed class FitInputs
{
    private FitInputs(PixelRegion read, bool[] positions, IReadOnlyList<FitLayer> layers, double[]? guess) =>
        (Read, Positions, Layers, Guess) = (read, positions, layers, guess);

    /// <summary>The pixels of the image that all of these have, in whose rows and columns layers and positions are counted.</summary>
    public PixelRegion Read { get; }

    /// <summary>The pixels with an unmasked bin and background, in any dataset.</summary>
    public bool[] Positions { get; }

    public bool HasPositions => Positions.AsSpan().Contains(true);

    public IReadOnlyList<FitLayer> Layers { get; }

    /// <summary>A first guess of the norm, the mean over the datasets; null where no threshold asks for one.</summary>
    public double[]? Guess { get; }

    /// <param name="datasets">On one image geometry.</param>
    /// <param name="irfs">Whose energy dispersion makes the exposures in reco energy: the dataset itself, or one for all.</param>
    /// <param name="kernels">One per dataset, with a plane for each of the bins.</param>
    /// <param name="arrays">Where all images come from.</param>
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
            var masked = new MaskedPlanes(datasets[d], irfs[d], options.Model.Spectral, bins, read, arrays, parallel);
            if (guess is not null)
                RowArithmetic.AddScaled(guess, NormGuess.Create(
                    datasets[d], irfs[d], kernels[d], options.Model.Spectral, bins, read, masked.Mask), 1.0 / datasets.Count);
            if (options.SumOverEnergyGroups) layers.Add(masked.Summed(kernels[d].Planes, kernels[d].Size, positions));
            else layers.AddRange(masked.BinByBin(kernels[d].Planes, kernels[d].Size, positions));
        }

        return new FitInputs(read, positions, layers, guess);
    }
}
