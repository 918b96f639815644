using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>E_k(p) = Σ_j R_kj F_j ε_j(p): the counts that a source with norm 1 in pixel p gives in reco bin k.</summary>
public static class RecoExposure
{
    /// <summary>Exposures are in m² s, spectra per cm².</summary>
    internal const double SquareCmPerSquareM = 1e4;

    /// <summary>R_kj F_j in cm² per m², for the reco bins firstBin ... lastBin and every true energy.</summary>
    /// <param name="position">Where the energy dispersion is taken; null for the centre of its map.</param>
    public static double[][] Factors(
        MapDataset dataset, EdispMap? edisp, ISpectralModel spectrum, int firstBin, int lastBin, SkyPosition? position = null)
    {
        var energyTrue = dataset.Require(dataset.Exposure, "EXPOSURE", "the expected counts").Geometry.Axis("energy_true");
        var response = EdispKernel.Create(edisp, position, dataset.Energy, energyTrue, dataset.Place);
        double[] flux = [.. Enumerable.Range(0, energyTrue.BinCount)
            .Select(j => spectrum.Integral(energyTrue.Edges[j], energyTrue.Edges[j + 1]) * SquareCmPerSquareM)];
        return [.. Enumerable.Range(firstBin, lastBin - firstBin + 1).Select(k => flux.Select((f, j) => response[k, j] * f).ToArray())];
    }

    /// <summary>The planes firstBin ... lastBin of a rectangle of the image, with the energy dispersion of one position.</summary>
    /// <param name="dataset">Its exposure and axes are used.</param>
    /// <param name="edisp">The energy dispersion; usually the dataset's own.</param>
    /// <param name="read">The rectangle, inside the dataset's image.</param>
    /// <param name="position">Where the energy dispersion is taken; null for the centre of its map.</param>
    public static double[][] Create(
        MapDataset dataset, EdispMap? edisp, ISpectralModel spectrum, int firstBin, int lastBin, PixelRegion read,
        SkyPosition? position = null)
    {
        var exposure = dataset.Require(dataset.Exposure, "EXPOSURE", "the expected counts");
        if (exposure.Geometry.PlaneLength != dataset.Geometry.PlaneLength)
            throw EstimatorErrors.WrongExposureSize(dataset.Place, exposure.Geometry);
        var factors = Factors(dataset, edisp, spectrum, firstBin, lastBin, position);
        var planes = new double[factors.Length][];
        for (var k = 0; k < planes.Length; k++)
        {
            planes[k] = new double[read.Area];
            for (var j = 0; j < factors[k].Length; j++)
                for (var y = 0; factors[k][j] != 0 && y < read.Height; y++)
                    RowArithmetic.AddScaled(
                        planes[k].AsSpan(y * read.Width, read.Width), exposure.Plane(j)
                            .Slice((read.Y + y) * dataset.Grid.Width + read.X, read.Width), factors[k][j]);
        }

        return planes;
    }
}
