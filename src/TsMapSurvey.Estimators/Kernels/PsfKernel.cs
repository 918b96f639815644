using System.Globalization;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Models.Images;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The PSF as square images with an odd side, one plane per energy; the sum of each plane is one (or zero).</summary>
/// <param name="Size">Pixels along a side.</param>
/// <param name="Planes">Row-major, with the source in the centre pixel.</param>
/// <param name="Warning">Set if the radius was limited to the allowed maximum.</param>
public sealed record PsfKernel(int Size, double[][] Planes, string? Warning)
{
    private const double Containment = 0.999;

    /// <summary>
    /// Sub-pixels per r68, and their largest number along a pixel's side (gammapy's precision_factor and PSF_MAX_OVERSAMPLING).
    /// </summary>
    private const int PrecisionFactor = 12;

    private const int MaxOversampling = 4;

    /// <param name="psf">The PSF at the kernel's position.</param>
    /// <param name="energy">The energies of the planes; the nearest energy is used outside the PSF's axis.</param>
    /// <param name="image">Any grid with the projection and pixel size of the result.</param>
    /// <param name="centre">Centre of the kernel and of the projection, so that the kernel has no distortion.</param>
    /// <param name="maxRadiusDeg">Limit of the PSF's radius.</param>
    /// <param name="nJobs">Number of threads; -1 for one per core.</param>
    /// <param name="offset">Offset of the source from the middle pixel's centre along x and y, in pixels, at most half a pixel. With an
    /// offset the kernel is a pixel wider on every side.</param>
    public static PsfKernel Create(PsfProfile psf, MapAxis energy, SkyGrid image, SkyPosition centre, double maxRadiusDeg, int nJobs = 1,
        (double X, double Y) offset = default)
    {
        var border = offset == default ? 0 : 1;
        var pixelDeg = image.PixelScaleDeg;
        var planes = Enumerable.Range(0, energy.BinCount).Select(j => Plane(psf, energy.Centers[j], j)).ToArray();
        var widest = planes.Max(plane => plane.RadiusDeg);
        var warning = widest > maxRadiusDeg
            ? string.Create(CultureInfo.InvariantCulture,
                $"the PSF's {Containment:P1} containment radius of {widest:g4} deg is limited to {maxRadiusDeg:g4} deg; "
                + $"the PSF table may be noisy")
            : null;
        var size = OddSize(2 * Math.Min(widest, maxRadiusDeg), pixelDeg) + 2 * border;
        var images = new double[planes.Length][];
        foreach (var group in Enumerable.Range(0, planes.Length).GroupBy(j => Oversampling(pixelDeg, planes[j].R68Deg)))
        {
            int Half(int j) => OddSize(2 * Math.Min(planes[j].RadiusDeg, maxRadiusDeg), pixelDeg) / 2 + border;
            var radial = new RadialImage(image, centre, group.Max(Half), group.Key, offset);
            Parallel.ForEach(group, new ParallelOptions { MaxDegreeOfParallelism = nJobs }, j =>
            {
                images[j] = new double[size * size];
                radial.Fill(psf.DensityAt(planes[j].EnergyPixel), Half(j), images[j], size);
                Normalise(images[j]);
            });
        }

        return new PsfKernel(size, images, warning);
    }

    /// <summary>The side of the images in pixels, without computing them.</summary>
    public static int SizeOf(PsfProfile psf, MapAxis energy, double pixelDeg, double maxRadiusDeg) =>
        OddSize(2 * Math.Min(Enumerable.Range(0, energy.BinCount).Max(j => Plane(psf, energy.Centers[j], j).RadiusDeg), maxRadiusDeg),
            pixelDeg);

    /// <summary>The smallest odd number of pixels that covers a width; a width at most 1e-9 above an odd number is that number.</summary>
    public static int OddSize(double widthDeg, double pixelDeg) => 2 * (int)Math.Floor(Math.Ceiling(widthDeg / pixelDeg - 1e-9) / 2) + 1;

    /// <summary>
    /// The radius is that of a node of the PSF's energy axis: the node with the same index (gammapy's choice) if it is less than one node
    /// from the energy, otherwise the nearest node.
    /// </summary>
    private static (double EnergyPixel, double RadiusDeg, double R68Deg) Plane(PsfProfile psf, double energyTeV, int index)
    {
        var axis = psf.Energy;
        var inside = energyTeV >= axis.Edges[0] && energyTeV <= axis.Edges[^1];
        var pixel = axis.BinCount == 1 ? 0 : inside ? axis.CoordinateToPixel(energyTeV) : energyTeV < axis.Edges[0] ? 0 : axis.BinCount - 1;
        var ownEnergy = Math.Abs(pixel - index) < 1 && index < axis.BinCount ? index : Math.Clamp(Math.Round(pixel), 0, axis.BinCount - 1);
        return (pixel, psf.ContainmentRadiusDeg(ownEnergy, Containment), psf.ContainmentRadiusDeg(pixel, 0.68));
    }

    private static int Oversampling(double pixelDeg, double r68Deg) =>
        (int)Math.Clamp(Math.Ceiling(PrecisionFactor * pixelDeg / (2 * r68Deg)), 1, MaxOversampling);

    /// <summary>Scales a plane to the sum one; a plane without a positive sum becomes zero.</summary>
    internal static void Normalise(double[] plane)
    {
        var sum = plane.Sum();
        for (var i = 0; i < plane.Length; i++) plane[i] = sum > 0 ? plane[i] / sum : 0;
    }
}
