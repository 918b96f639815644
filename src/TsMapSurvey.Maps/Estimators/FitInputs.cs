using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Maps.Estimators;

/// <summary>All that the fit of one output energy bin needs: layers, and where to fit (numerics 3.5; gammapy's estimate_fit_input_maps).</summary>
internal sealed class FitInputs
{
    private FitInputs(int width, int height, bool[] positions, IReadOnlyList<FitLayer> layers, double[]? guess) =>
        (Width, Height, Positions, Layers, Guess) = (width, height, positions, layers, guess);

    public int Width { get; }

    public int Height { get; }

    /// <summary>The pixels with an unmasked bin and background, in any dataset.</summary>
    public bool[] Positions { get; }

    public IReadOnlyList<FitLayer> Layers { get; }

    /// <summary>A first guess of the norm, the mean over the datasets; null where no threshold asks for one.</summary>
    public double[]? Guess { get; }

    /// <param name="datasets">On one image geometry.</param>
    /// <param name="irfs">Whose PSF, EDISP and exposure make the kernels: the dataset itself, or one for all.</param>
    public static FitInputs Create(IReadOnlyList<MapDataset> datasets, IReadOnlyList<MapDataset> irfs, TsMapOptions options, (int First, int Last) bins, Action<string> warn)
    {
        var grid = datasets[0].Grid;
        var positions = new bool[grid.Width * grid.Height];
        var layers = new List<FitLayer>();
        var guess = options.Threshold is null ? null : new double[positions.Length];
        for (var d = 0; d < datasets.Count; d++)
        {
            var masked = MaskedPlanes.Create(datasets[d], irfs[d], options.Model.Spectral, bins);
            masked.AddPositions(positions);
            var kernel = SourceKernel.Create(
                irfs[d], grid, irfs[d].Grid.Centre, options.Model, bins.First, bins.Last,
                new KernelOptions(options.KernelWidthDeg, options.MaxPsfRadiusDeg, ReferenceEquals(irfs[d], datasets[d]) ? masked.HasDataAtCentre : null));
            if (kernel.Warning is { } warning) warn($"{irfs[d].Name}: {warning}");
            if (guess is not null)
                RowArithmetic.AddScaled(guess, NormGuess.Create(datasets[d], irfs[d], kernel, options.Model.Spectral, bins, masked.Mask), 1.0 / datasets.Count);
            layers.AddRange(options.SumOverEnergyGroups ? [masked.Summed(kernel)] : masked.BinByBin(kernel));
        }

        return new FitInputs(grid.Width, grid.Height, positions, layers, guess);
    }
}
