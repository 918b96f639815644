using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>
/// The exposure that a map's energy bin stands for: the mean over the true energies of the bin, each weighted with the photons that the
/// model's spectrum has there, Σ_j F_j ε_j / Σ_j F_j. In m² s, the same wherever an exposure is shown.
/// </summary>
public static class BandExposure
{
    /// <summary>The weights of the true energy bins, one row for each bin of the map; a row's sum is one, or zero where the axis has none
    /// of its energies.</summary>
    /// <param name="energyTrue">Of the exposure.</param>
    /// <param name="energy">Reconstructed energy of the dataset.</param>
    /// <param name="options">Of the map: its model and energy bins.</param>
    public static double[][] Weights(MapAxis energyTrue, MapAxis energy, TsMapOptions options)
    {
        var bands = EnergyGroups.Create(energy, options).Axis;
        return [.. Enumerable.Range(0, bands.BinCount)
            .Select(band => Weights(energyTrue, options, bands.Edges[band], bands.Edges[band + 1]))];
    }

    /// <summary>The exposure of one bin of the map in some pixels, row by row; NaN where the dataset has none.</summary>
    /// <param name="bin">Of the map.</param>
    public static double[] Of(MapDataset dataset, TsMapOptions options, int bin, PixelRegion region)
    {
        var image = new double[region.Area];
        if (dataset.Exposure is not { } exposure)
        {
            Array.Fill(image, double.NaN);
            return image;
        }

        var weights = Weights(exposure.Geometry.Axis("energy_true"), dataset.Energy, options)[bin];
        for (var j = 0; j < weights.Length; j++)
            for (var y = 0; weights[j] > 0 && y < region.Height; y++)
            {
                var row = exposure.Plane(j).Slice((region.Y + y) * exposure.Geometry.Width + region.X, region.Width);
                RowArithmetic.AddScaled(image.AsSpan(y * region.Width, region.Width), row, weights[j]);
            }

        return image;
    }

    private static double[] Weights(MapAxis energyTrue, TsMapOptions options, double lowTeV, double highTeV)
    {
        double Photons(int j)
        {
            var (low, high) = (Math.Max(lowTeV, energyTrue.Edges[j]), Math.Min(highTeV, energyTrue.Edges[j + 1]));
            return low < high ? options.Model.Spectral.Integral(low, high) : 0;
        }

        double[] photons = [.. Enumerable.Range(0, energyTrue.BinCount).Select(Photons)];
        var sum = photons.Sum();
        return [.. photons.Select(value => sum > 0 ? value / sum : 0)];
    }
}
