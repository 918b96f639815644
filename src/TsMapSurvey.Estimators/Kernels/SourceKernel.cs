using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>
/// The model source as the instrument sees it, K_k(x): one plane per reco energy bin, each with sum one or zero (numerics 3.4).
/// </summary>
/// <param name="Size">Pixels along a side; odd.</param>
/// <param name="Planes">Row-major; the source sits in the centre pixel.</param>
/// <param name="Warning">What a user should know of it; null mostly.</param>
public sealed record SourceKernel(int Size, double[][] Planes, string? Warning)
{
    /// <summary>gammapy's CUTOUT_MARGIN.</summary>
    private const double CutoutMarginDeg = 0.1;

    public int Half => Size / 2;

    /// <summary>
    /// What part of the source is inside the kernel, plane by plane; the rest is cut off, and a flux is too low by as much, since a
    /// kernel's sum is one. Light that the PSF scatters in from a source beyond the kernel counts as cut. Empty where it was not asked
    /// for.
    /// </summary>
    public IReadOnlyList<double> Held { get; init; } = [];

    /// <summary>
    /// The kernel of a model with a dataset's IRFs and exposure at a position (numerics 3.4). True energies beyond the number of PSF planes
    /// are left out of a reco bin's kernel, as in gammapy, unless nothing else contributes to it.
    /// </summary>
    /// <param name="irfs">Whose exposure, PSF and EDISP are used.</param>
    /// <param name="image">The grid the kernel is used on.</param>
    /// <param name="position">Usually the image's centre.</param>
    /// <param name="firstBin">First reco energy bin.</param>
    /// <param name="lastBin">Last reco energy bin, included.</param>
    /// <exception cref="MapException">No exposure map, or it is zero everywhere.</exception>
    public static SourceKernel Create(
        MapDataset irfs, SkyGrid image, SkyPosition position, SkyModel model, int firstBin, int lastBin, KernelOptions options)
    {
        var exposure = irfs.Need(irfs.Exposure, "EXPOSURE", "the source kernel");
        var energyTrue = exposure.Geometry.Axis("energy_true");
        var pixel = IrfPosition.NearestValid(exposure.Geometry, exposure, position);
        var edisp = EdispKernel.Create(irfs.Edisp, position, irfs.Energy, energyTrue, irfs.Place);
        var isReco = irfs.Psf?.IsReco == true;
        // A source beside the pixel's centre: a point moves the PSF's image, and any other shape its own.
        var isPoint = model.Spatial.EvaluationRadiusDeg == 0;
        var psf = irfs.Psf is null ? null
            : PsfKernel.Create(
                new PsfProfile(irfs.Psf, position), isReco ? irfs.Energy
                    : energyTrue, image, position, options.MaxPsfRadiusDeg, options.NJobs, isPoint ? options.Offset : default);
        var needed = NeededSize(psf?.Size ?? 0, image, model.Spatial) + (options.Offset == default || isPoint ? 0 : 2);
        var size = FittingSize(psf?.Size ?? 0, needed, image, model.Spatial, options);
        double[] Source(int side) =>
            SourceImage.Create(
                model.Spatial, model.Position.Frame, image.Recentred(position, side, options.Offset.X, options.Offset.Y), position);
        var source = Source(size);
        // The sum over true energies comes before the folding with the source, which is linear: one convolution per reco bin.
        var paired = psf is null || isReco ? energyTrue.BinCount : Math.Min(energyTrue.BinCount, irfs.Psf!.Energy.BinCount);
        var folded = new double[lastBin - firstBin + 1][];
        for (var k = firstBin; k <= lastBin; k++)
        {
            var plane = folded[k - firstBin] = new double[psf is null ? 1 : psf.Size * psf.Size];
            Add(0, paired);
            if (!Array.Exists(plane, value => value > 0)) Add(paired, energyTrue.BinCount);

            void Add(int first, int end)
            {
                for (var j = first; j < end; j++)
                {
                    var weight =
                        edisp[k, j] * model.Spectral.Integral(energyTrue.Edges[j], energyTrue.Edges[j + 1]) * exposure.Plane(j)[pixel];
                    if (weight > 0) RowArithmetic.AddScaled(plane, psf?.Planes[isReco ? k : j] ?? [1], weight);
                }
            }
        }

        foreach (var plane in folded) Normalise(plane);
        var planes = Spread(source, size, folded, psf?.Size ?? 1, model.Spatial);
        var whole = options.MeasuresHeld && !isPoint && size < needed ? Source(needed).Sum() : source.Sum();
        double[] held = options.MeasuresHeld ? [.. planes.Select(plane => size < needed ? plane.Sum() / (isPoint ? 1 : whole) : 1)] : [];
        foreach (var plane in planes) Normalise(plane);
        if (!exposure.Data.Any(value => value > 0)) throw MapErrors.MissingMap(irfs.Place, "exposure above zero", "the source kernel");
        return new SourceKernel(size, planes, psf?.Warning) { Held = held };
    }

    /// <summary>How many pixels along a side the kernel will have, without making it.</summary>
    /// <inheritdoc cref="Create"/>
    public static int SizeOf(MapDataset irfs, SkyGrid image, SkyPosition position, ISpatialModel model, KernelOptions options)
    {
        var energy = irfs.Psf?.IsReco == true
            ? irfs.Energy : irfs.Need(irfs.Exposure, "EXPOSURE", "the source kernel").Geometry.Axis("energy_true");
        var psfSize = irfs.Psf is null
            ? 0 : PsfKernel.SizeOf(new PsfProfile(irfs.Psf, position), energy, image.PixelScaleDeg, options.MaxPsfRadiusDeg);
        return FittingSize(psfSize, NeededSize(psfSize, image, model), image, model, options);
    }

    /// <summary>Numerics 3.4 d: as wide as PSF and source need.</summary>
    private static int NeededSize(int psfSize, SkyGrid image, ISpatialModel model) =>
        PsfKernel.OddSize(psfSize * image.PixelScaleDeg + 2 * (model.EvaluationRadiusDeg + CutoutMarginDeg), image.PixelScaleDeg);

    /// <summary>At most as wide as asked for.</summary>
    private static int FittingSize(int psfSize, int needed, SkyGrid image, ISpatialModel model, KernelOptions options)
    {
        if (options.WidthDeg is not { } width) return needed;
        var asked = PsfKernel.OddSize(width, image.PixelScaleDeg);
        var cutOut = options.HasDataWithin?.Invoke(model.EvaluationRadiusDeg + (CutoutMarginDeg + psfSize * image.PixelScaleDeg) / 2)
            ?? true;
        return cutOut ? Math.Min(asked, needed) : asked;
    }

    /// <summary>The source folded with PSF planes.</summary>
    private static double[][] Spread(double[] source, int size, double[][] planes, int psfSize, ISpatialModel model)
    {
        if (model.EvaluationRadiusDeg == 0) return [.. planes.Select(plane => Resize(plane, psfSize, size))];
        return psfSize == 1 ? [.. planes.Select(plane => Array.ConvertAll(source, value => value * plane[0]))]
            : new PlaneConvolution(source, size, psfSize).With(planes);
    }

    /// <summary>A point source folded with the PSF is the PSF: the same square, cut or padded with zeros around its centre.</summary>
    private static double[] Resize(double[] plane, int from, int to)
    {
        var result = new double[to * to];
        var (common, fromStart, toStart) = (Math.Min(from, to), Math.Max(0, (from - to) / 2), Math.Max(0, (to - from) / 2));
        for (var y = 0; y < common; y++)
            plane.AsSpan((y + fromStart) * from + fromStart, common).CopyTo(result.AsSpan((y + toStart) * to + toStart));
        return result;
    }

    private static void Normalise(double[] plane)
    {
        var sum = plane.Sum();
        for (var i = 0; i < plane.Length; i++) plane[i] = sum > 0 ? plane[i] / sum : 0;
    }
}
