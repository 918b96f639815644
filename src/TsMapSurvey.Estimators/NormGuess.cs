using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators;

/// <summary>
/// A first guess of the norm in every pixel (gammapy's estimate_flux_default): the excess divided by the exposure, convolved with the
/// kernel divided by the sum of its squares, in all bins that are unmasked at the pixel.
/// </summary>
internal static class NormGuess
{
    /// <param name="responsesAt">Where the energy dispersion is taken; null for the centre of its map.</param>
    /// <param name="bins">First and last reco bin, both included; the kernel has a plane for each.</param>
    /// <param name="read">The pixels of guess and masks, inside the dataset's image; no other pixels are used.</param>
    public static double[] Create(
        MapDataset dataset, MapDataset irfs, SkyPosition? responsesAt, SourceKernel kernel, ISpectralModel spectrum,
        (int First, int Last) bins, PixelRegion read, Func<int, bool[]> mask)
    {
        var (width, height) = (read.Width, read.Height);
        var exposure = RecoExposure.Create(dataset, irfs.Edisp, spectrum, bins.First, bins.Last, read, responsesAt);
        var squares = kernel.Planes.Sum(plane => plane.Sum(value => value * value));
        var scale = 1 / (squares * spectrum.Integral(dataset.Energy.Edges[bins.First], dataset.Energy.Edges[bins.Last + 1]));
        var guess = new double[width * height];
        for (var k = bins.First; k <= bins.Last; k++)
        {
            var integral = spectrum.Integral(dataset.Energy.Edges[k], dataset.Energy.Edges[k + 1]);
            var counts = dataset.Counts!.Plane(k);
            var background = dataset.Background!.Plane(k);
            var flux = new double[guess.Length];
            for (var i = 0; i < flux.Length; i++)
            {
                var there = (read.Y + i / width) * dataset.Grid.Width + read.X + i % width;
                var value = (counts[there] - Math.Max(background[there], 0)) / exposure[k - bins.First][i] * integral;
                flux[i] = double.IsFinite(value) ? value : 0;
            }

            Convolve(flux, width, height, kernel, kernel.Planes[k - bins.First], mask(k - bins.First), scale, guess);
        }

        return guess;
    }

    private static void Convolve(
        double[] flux, int width, int height, SourceKernel kernel, double[] plane, bool[] mask, double scale, double[] guess)
    {
        var half = kernel.Half;
        var row = new double[width + 2 * half];
        for (var y = 0; y < height; y++)
        {
            var sums = new double[width];
            for (var dy = Math.Max(-half, -y); dy <= Math.Min(half, height - 1 - y); dy++)
            {
                flux.AsSpan((y + dy) * width, width).CopyTo(row.AsSpan(half));
                for (var dx = 0; dx < kernel.Size; dx++)
                    RowArithmetic.AddScaled(sums, row.AsSpan(dx, width), plane[(dy + half) * kernel.Size + dx] * scale);
            }

            for (var x = 0; x < width; x++)
                if (mask[y * width + x]) guess[y * width + x] += sums[x];
        }
    }
}
