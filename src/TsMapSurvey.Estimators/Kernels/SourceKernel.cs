using TsMapSurvey.Estimators.Downsampling;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The model source convolved with the IRFs, K_k(x): one plane per reco energy bin, each with the sum one or zero.</summary>
/// <param name="Size">Pixels along a side; odd.</param>
/// <param name="Planes">Row-major, with the source in the centre pixel.</param>
/// <param name="Warning">A warning for the user; null for none.</param>
public sealed record SourceKernel(int Size, double[][] Planes, string? Warning)
{
    /// <summary>gammapy's CUTOUT_MARGIN.</summary>
    private const double CutoutMarginDeg = 0.1;

    public int Half => Size / 2;

    /// <summary>
    /// The fraction of the source's photons inside the kernel, for each plane. The kernel omits the rest, and fluxes are too low by this
    /// amount, since a kernel's sum is one. Photons from outside the kernel that the PSF moves into it count as omitted. Empty unless
    /// <see cref="KernelOptions.MeasuresContainment"/> is set.
    /// </summary>
    public IReadOnlyList<double> ContainedFractions { get; init; } = [];

    /// <summary>
    /// The kernel of a model for a dataset's IRFs and exposure at a position. As in gammapy, true energies beyond the number of PSF planes
    /// are ignored, unless a reco bin has no contribution from other true energies.
    /// </summary>
    /// <param name="irfs">Its exposure, PSF and EDISP are used.</param>
    /// <param name="image">The grid of the fitted image.</param>
    /// <param name="position">Usually the image's centre.</param>
    /// <param name="firstBin">First reco energy bin.</param>
    /// <param name="lastBin">Last reco energy bin, included.</param>
    /// <exception cref="MapException">There is no exposure map, or it is zero everywhere.</exception>
    public static SourceKernel Create(
        MapDataset irfs, SkyGrid image, SkyPosition position, SkyModel model, int firstBin, int lastBin, KernelOptions options)
    {
        var exposure = irfs.Need(irfs.Exposure, "EXPOSURE", "the source kernel");
        var energyTrue = exposure.Geometry.Axis("energy_true");
        var pixel = IrfPosition.NearestValid(exposure.Geometry, exposure, position);
        var edisp = EdispKernel.Create(irfs.Edisp, position, irfs.Energy, energyTrue, irfs.Place);
        var isReco = irfs.Psf?.IsReco == true;
        // An offset from the pixel's centre moves the PSF's image for a point source, and the source's image for any other shape.
        var isPoint = model.Spatial.EvaluationRadiusDeg == 0;
        var psf = irfs.Psf is null ? null
            : PsfKernel.Create(
                new PsfProfile(irfs.Psf, position), isReco ? irfs.Energy
                    : energyTrue, image, position, options.MaxPsfRadiusDeg, options.NJobs, isPoint ? options.Offset : default);
        var needed = NeededSize(psf?.Size ?? 0, image, model.Spatial) + (options.Offset == default || isPoint ? 0 : 2);
        var size = LimitedSize(psf?.Size ?? 0, needed, image, model.Spatial, options);
        double[] Source(int side) =>
            SourceImage.Create(
                model.Spatial, model.Position.Frame, image.Recentred(position, side, options.Offset.X, options.Offset.Y), position);
        var source = Source(size);
        // Convolution is linear: summing over true energies first needs only one convolution with the source per reco bin.
        var psfPlanes = psf is null || isReco ? energyTrue.BinCount : Math.Min(energyTrue.BinCount, irfs.Psf!.Energy.BinCount);
        var psfSums = new double[lastBin - firstBin + 1][];
        for (var k = firstBin; k <= lastBin; k++)
        {
            var plane = psfSums[k - firstBin] = new double[psf is null ? 1 : psf.Size * psf.Size];
            Add(0, psfPlanes);
            if (!Array.Exists(plane, value => value > 0)) Add(psfPlanes, energyTrue.BinCount);

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

        foreach (var plane in psfSums) PsfKernel.Normalise(plane);
        var planes = Spread(source, size, psfSums, psf?.Size ?? 1, model.Spatial);
        var whole = options.MeasuresContainment && !isPoint && size < needed ? Source(needed).Sum() : source.Sum();
        double[] contained = options.MeasuresContainment
            ? [.. planes.Select(plane => size < needed ? plane.Sum() / (isPoint ? 1 : whole) : 1)] : [];
        foreach (var plane in planes) PsfKernel.Normalise(plane);
        if (!exposure.Data.Any(value => value > 0)) throw MapErrors.MissingMap(irfs.Place, "exposure above zero", "the source kernel");
        return new SourceKernel(size, planes, psf?.Warning) { ContainedFractions = contained };
    }

    /// <summary>The side of the kernel in pixels, without computing it.</summary>
    /// <inheritdoc cref="Create"/>
    public static int SizeOf(MapDataset irfs, SkyGrid image, SkyPosition position, ISpatialModel model, KernelOptions options)
    {
        var energy = irfs.Psf?.IsReco == true
            ? irfs.Energy : irfs.Need(irfs.Exposure, "EXPOSURE", "the source kernel").Geometry.Axis("energy_true");
        var psfSize = irfs.Psf is null
            ? 0 : PsfKernel.SizeOf(new PsfProfile(irfs.Psf, position), energy, image.PixelScaleDeg, options.MaxPsfRadiusDeg);
        return LimitedSize(psfSize, NeededSize(psfSize, image, model), image, model, options);
    }

    /// <summary>The side that PSF and source need.</summary>
    private static int NeededSize(int psfSize, SkyGrid image, ISpatialModel model) =>
        PsfKernel.OddSize(psfSize * image.PixelScaleDeg + 2 * (model.EvaluationRadiusDeg + CutoutMarginDeg), image.PixelScaleDeg);

    /// <summary>The needed side, limited by the option.</summary>
    private static int LimitedSize(int psfSize, int needed, SkyGrid image, ISpatialModel model, KernelOptions options)
    {
        if (options.WidthDeg is not { } width) return needed;
        var asked = PsfKernel.OddSize(width, image.PixelScaleDeg);
        var cutOut = options.HasDataWithin?.Invoke(model.EvaluationRadiusDeg + (CutoutMarginDeg + psfSize * image.PixelScaleDeg) / 2)
            ?? true;
        return cutOut ? Math.Min(asked, needed) : asked;
    }

    /// <summary>The source convolved with PSF planes.</summary>
    private static double[][] Spread(double[] source, int size, double[][] planes, int psfSize, ISpatialModel model)
    {
        if (model.EvaluationRadiusDeg == 0) return [.. planes.Select(plane => Resize(plane, psfSize, size))];
        return psfSize == 1 ? [.. planes.Select(plane => Array.ConvertAll(source, value => value * plane[0]))]
            : new PlaneConvolution(source, size, psfSize).Convolve(planes);
    }

    /// <summary>For a point source the convolution is the PSF, cropped or padded with zeros around its centre.</summary>
    private static double[] Resize(double[] plane, int from, int to)
    {
        var result = new double[to * to];
        var (common, fromStart, toStart) = (Math.Min(from, to), Math.Max(0, (from - to) / 2), Math.Max(0, (to - from) / 2));
        for (var y = 0; y < common; y++)
            plane.AsSpan((y + fromStart) * from + fromStart, common).CopyTo(result.AsSpan((y + toStart) * to + toStart));
        return result;
    }
}
