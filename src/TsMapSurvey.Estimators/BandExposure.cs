using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>
/// The exposure of a map's energy bin in m² s, as shown to users: the mean over the true energies of the bin weighted with the photons of
/// the model's spectrum, Σ_j F_j ε_j / Σ_j F_j.
/// </summary>
public static class BandExposure
{
    /// <summary>The weights of the true energy bins, one row for each bin of the map; the sum of a row is one, or zero if the true energies
    /// do not overlap with the bin.</summary>
    /// <param name="energyTrue">True energy axis of the exposure.</param>
    /// <param name="energy">Reconstructed energy axis of the dataset.</param>
    /// <param name="options">Options of the map, with its model and energy bins.</param>
    public static double[][] Weights(MapAxis energyTrue, MapAxis energy, TsMapOptions options)
    {
        var bands = EnergyGroups.Create(energy, options).Axis;
        return [.. Enumerable.Range(0, bands.BinCount)
            .Select(band => Weights(energyTrue, options, bands.Edges[band], bands.Edges[band + 1]))];
    }

    /// <summary>The exposure of one energy bin in a region, row by row; NaN if the dataset has no exposure.</summary>
    /// <param name="bin">Energy bin of the map.</param>
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
