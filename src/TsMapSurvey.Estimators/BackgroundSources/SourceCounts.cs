using TsMapSurvey.Estimators.Kernels;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.BackgroundSources;

/// <summary>
/// The predicted counts of a source at its own position, npred(p, k) = Σ_j R_kj (ε_j F_j S ∗ PSF_j)(p), as in gammapy's MapEvaluator: the
/// IRFs are those at the source, the exposure is that of each pixel, and the source is evaluated in a square as wide as source and PSF.
/// Unlike in gammapy, the part of a source outside the image contributes through the PSF, so that the map of a tile is a cutout of the
/// map of the whole. For a whole-sky model, the IRFs are those at the centres of their maps, and the part outside the image is as wide
/// as the PSF.
/// </summary>
/// <param name="dataset">Its exposure and geometry are used.</param>
/// <param name="irfs">Its PSF and energy dispersion are used; usually the same dataset.</param>
internal sealed class SourceCounts(MapDataset dataset, MapDataset irfs, double maxPsfRadiusDeg)
{
    /// <summary>gammapy's CUTOUT_MARGIN.</summary>
    private const double MarginDeg = 0.1;

    private readonly Map<double> _exposure = dataset.Require(dataset.Exposure, "EXPOSURE", "the counts of a source");

    /// <summary>
    /// Adds the source's counts to planes of the dataset's image, one per reco energy bin. A source whose square does not overlap with the
    /// image adds nothing.
    /// </summary>
    public void AddTo(Map<double> npred, SkyModel model)
    {
        var (grid, energyTrue) = (dataset.Grid, _exposure.Geometry.Axis("energy_true"));
        if (_exposure.Geometry.PlaneLength != dataset.Geometry.PlaneLength)
            throw EstimatorErrors.WrongExposureSize(dataset.Place, _exposure.Geometry);
        var isReco = irfs.Psf?.IsReco == true;
        if (Squares(model, isReco ? dataset.Energy : energyTrue) is not var (psf, square, inside)) return;
        var images = new SourceImages(model, grid.Cutout(square), energyTrue);
        if (images.AreEmpty) return;
        var edisp = model.AppliesEdisp ? irfs.Edisp : null;
        var response =
            EdispKernel.Create(edisp, model.Spatial.IsEverywhere ? null : model.Position, dataset.Energy, energyTrue, irfs.Place);
        if (isReco && psf is not null) AddSpread(npred, model, response, energyTrue, images, psf, square, inside);
        else AddTrue(npred, model, response, energyTrue, images, psf, square, inside);
    }

    /// <summary>
    /// The PSF, the square of pixels in which the source is evaluated, and the image's pixels that it can reach; null if there are none.
    /// </summary>
    private (PsfKernel? Psf, PixelRegion Square, PixelRegion Inside)? Squares(SkyModel model, MapAxis energy)
    {
        var grid = dataset.Grid;
        var isEverywhere = model.Spatial.IsEverywhere;
        if (!grid.TryPixelOf(isEverywhere ? grid.Centre : model.Position, out double x, out double y)
            || (!isEverywhere && IsFar(model, x, y))) return null;
        var position = isEverywhere ? irfs.Psf?.Density.Geometry.Grid?.Centre ?? grid.Centre : model.Position;
        var psf = irfs.Psf is null || !model.AppliesPsf || model.Spatial is NoSpatialModel ? null
            : PsfKernel.Create(new PsfProfile(irfs.Psf, position), energy, grid, isEverywhere ? grid.Centre : position, maxPsfRadiusDeg);
        var around = grid.Region.Grow((psf?.Size ?? 0) / 2 + 1);
        var touched = around;
        if (!isEverywhere)
        {
            var wanted = PsfKernel.OddSize(
                (psf?.Size ?? 0) * grid.PixelScaleDeg + 2 * (model.Spatial.EvaluationRadiusDeg + MarginDeg), grid.PixelScaleDeg);
            touched = new PixelRegion(First(x, wanted), First(y, wanted), wanted, wanted);
        }

        var inside = touched.Intersect(grid.Region);
        if (inside.IsEmpty) return null;
        var lit = touched.Intersect(around);
        var side = Math.Max(lit.Width, lit.Height) | 1;
        return (psf, new PixelRegion(lit.X, lit.Y, side, side), inside);
    }

    /// <summary>Each true energy has its own PSF. True energies beyond the number of PSF planes give no counts, as in gammapy.</summary>
    private void AddTrue(Map<double> npred, SkyModel model, EdispKernel response, MapAxis energyTrue, SourceImages images, PsfKernel? psf,
        PixelRegion square, PixelRegion inside)
    {
        var planes = psf is null ? energyTrue.BinCount : Math.Min(energyTrue.BinCount, irfs.Psf!.Energy.BinCount);
        for (var j = 0; j < planes; j++)
        {
            var flux = Flux(model, energyTrue, j);
            if (flux == 0 || !Enumerable.Range(0, response.RecoBins).Any(k => response[k, j] > 0)) continue;
            var image = psf is null ? images.At(j) : images.Spread(j).Convolve(psf.Planes[j], psf.Size);
            for (var k = 0; k < response.RecoBins; k++)
                if (response[k, j] > 0)
                    ForEach(inside, square, (at, from) =>
                        npred.Plane(k)[at] += response[k, j] * flux * _exposure.Plane(j)[at] * image[from]);
        }
    }

    /// <summary>
    /// A PSF in reconstructed energy is applied after exposure and energy dispersion. The exposure outside the image is that of the nearest
    /// pixel of the image.
    /// </summary>
    private void AddSpread(Map<double> npred, SkyModel model, EdispKernel response, MapAxis energyTrue, SourceImages images, PsfKernel psf,
        PixelRegion square, PixelRegion inside)
    {
        for (var k = 0; k < response.RecoBins; k++)
        {
            var detected = new double[square.Width * square.Height];
            for (var j = 0; j < energyTrue.BinCount; j++)
            {
                var factor = response[k, j] * Flux(model, energyTrue, j);
                if (factor == 0) continue;
                var source = images.At(j);
                var exposure = _exposure.Plane(j);
                for (var i = 0; i < source.Length; i++)
                    if (source[i] > 0)
                        detected[i] += factor * exposure[Nearest(square.X + i % square.Width, square.Y + i / square.Width)] * source[i];
            }

            var image = new SpreadImage(detected, square.Width).Convolve(psf.Planes[k], psf.Size);
            ForEach(inside, square, (at, from) => npred.Plane(k)[at] += image[from]);
        }
    }

    private int Nearest(int x, int y) =>
        Math.Clamp(y, 0, dataset.Grid.Height - 1) * dataset.Grid.Width + Math.Clamp(x, 0, dataset.Grid.Width - 1);

    private static double Flux(SkyModel model, MapAxis energyTrue, int j) =>
        model.Spectral.Integral(energyTrue.Edges[j], energyTrue.Edges[j + 1]) * RecoExposure.SquareCmPerSquareM;

    /// <summary>Whether no PSF of the allowed radius can reach the image; avoids reading the PSF at such positions.</summary>
    private bool IsFar(SkyModel model, double x, double y)
    {
        var reach = (maxPsfRadiusDeg + model.Spatial.EvaluationRadiusDeg + MarginDeg) / dataset.Grid.PixelScaleDeg + 2;
        return x < -reach || y < -reach || x > dataset.Grid.Width + reach || y > dataset.Grid.Height + reach;
    }

    private static int First(double pixel, int side) => (int)Math.Ceiling(pixel - side / 2.0 - 1e-9);

    private void ForEach(PixelRegion inside, PixelRegion square, Action<int, int> add)
    {
        for (var y = inside.Y; y < inside.Bottom; y++)
            for (var x = inside.X; x < inside.Right; x++)
                add(y * dataset.Grid.Width + x, (y - square.Y) * square.Width + x - square.X);
    }
}
