using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// The running sum of observations on one image, in double: counts, background, exposure, the number of observations that cover a bin,
/// exposure-weighted IRFs, time intervals. Adding the same observations in the same order gives the same bits.
/// </summary>
public sealed partial class DatasetStack
{
    private readonly double[] _counts;
    private readonly double[] _background;
    private readonly double[] _exposure;
    private readonly int[] _coverage;
    private readonly IrfStack? _psf;
    private readonly IrfStack? _edisp;
    private readonly List<TimeInterval> _intervals = [];
    private int[]? _fitCoverage;
    private double _liveTimeS;

    public DatasetStack(StackGeometry geometry)
    {
        Geometry = geometry;
        var pixels = checked((int)geometry.Image.Region.Area);
        (_counts, _background, _coverage) = (new double[pixels * geometry.Energy.BinCount], new double[pixels * geometry.Energy.BinCount],
            new int[pixels * geometry.Energy.BinCount]);
        _exposure = new double[pixels * geometry.EnergyTrue.BinCount];
        _psf = geometry.Psf is { } psf ? new IrfStack(psf) : null;
        _edisp = geometry.Edisp is { } edisp ? new IrfStack(edisp) : null;
    }

    /// <summary>Creates an empty stack on an image, with the template's axes and IRF grid.</summary>
    public DatasetStack(SkyGrid image, MapDataset template)
        : this(StackGeometry.Covering(image, template))
    {
    }

    public StackGeometry Geometry { get; }

    /// <summary>Number of observations added, including those without an unmasked pixel on this image.</summary>
    public int ObservationCount { get; private set; }

    public long ByteSize =>
        8L * (_counts.Length + _background.Length + _exposure.Length) + 4L * (_coverage.Length + (_fitCoverage?.Length ?? 0))
            + (_psf?.ByteSize ?? 0) + (_edisp?.ByteSize ?? 0);

    /// <summary>Adds an observation's pixels that are on this image and inside its safe mask. If it throws, nothing was added.</summary>
    /// <exception cref="MapException">The observation is on another grid, has other axes, or lacks a map.</exception>
    public void Add(MapDataset observation)
    {
        var counts = observation.Require(observation.Counts, "COUNTS", "stacking");
        var background = observation.Require(observation.Background, "BACKGROUND", "stacking");
        var exposure = observation.Require(observation.Exposure, "EXPOSURE", "stacking");
        EnsureSameAxes(observation, exposure);
        var overlaps = GridOverlap.Between(observation.Place, observation.Grid, Geometry.Image).ToArray();
        var mask = ImageMask.Of(observation);
        _psf?.EnsureCanAdd(observation.Place, "PSF", observation.Psf?.Density, observation.Psf?.Exposure);
        _edisp?.EnsureCanAdd(observation.Place, "EDISP", observation.Edisp?.Data, observation.Edisp?.Exposure);
        foreach (var (source, target) in overlaps)
        {
            for (var k = 0; k < Geometry.Energy.BinCount; k++)
            {
                var safe = mask.Plane(k);
                AddPlane(counts.Plane(k), safe, observation.Grid.Width, source, Plane(_counts, k), target);
                AddPlane(background.Plane(k), safe, observation.Grid.Width, source, Plane(_background, k), target);
                Cover(safe, observation.Grid.Width, source, Plane(_coverage, k), target);
                if (observation.MaskFit is { } fit)
                    Cover(fit.Plane(k), observation.Grid.Width, source, Plane(_fitCoverage ??= new int[_coverage.Length], k), target);
            }

            for (var j = 0; j < Geometry.EnergyTrue.BinCount; j++)
                AddPlane(exposure.Plane(j), mask.Image, observation.Grid.Width, source, Plane(_exposure, j), target);
        }

        if (_psf is not null && observation.Psf is { Exposure: { } psfExposure } psf)
            _psf.Add(psf.Density, psfExposure,
                observation.ResponsesAreMasked ? IrfMask.Whole(psf.Density) : IrfMask.Nearest(mask, psf.Density.Geometry), null);
        if (_edisp is not null && observation.Edisp is { Exposure: { } edispExposure } edisp)
        {
            if (observation.ResponsesAreMasked) _edisp.Add(edisp.Data, edispExposure, IrfMask.Whole(edisp.Data), null);
            else AddEdisp(_edisp, edisp, edispExposure, mask);
        }

        if (mask.Any) _liveTimeS += observation.LiveTimeS ?? 0;
        if (mask.Any && observation.Gti is { } gti) _intervals.AddRange(gti.Intervals);
        ObservationCount++;
    }

    /// <summary>Returns a dataset with copies of the sums, the mask of covered bins, and the mean IRFs.</summary>
    public MapDataset ToDataset(string name)
    {
        var cube = new MapGeometry(Geometry.Image, Geometry.Energy);
        return new MapDataset
        {
            Name = name,
            Counts = new Map<double>(cube, [.. _counts]),
            Background = new Map<double>(cube, [.. _background]),
            Exposure = new Map<double>(new MapGeometry(Geometry.Image, Geometry.EnergyTrue), [.. _exposure], "m2 s"),
            MaskSafe = new Map<bool>(cube, Array.ConvertAll(_coverage, count => count > 0)),
            MaskFit = _fitCoverage is { } fit ? new Map<bool>(cube, Array.ConvertAll(fit, count => count > 0)) : null,
            Psf = _psf is null ? null : new PsfMap(_psf.Mean("sr-1"), _psf.Weights("m2 s")),
            Edisp = _edisp is null ? null : new EdispMap(_edisp.Mean(""), _edisp.Weights("m2 s")),
            Gti = GoodTimeIntervals.Of(_intervals),
            LiveTimeS = _liveTimeS,
        };
    }

    private void AddEdisp(IrfStack stack, EdispMap edisp, Map<double> weights, ImageMask mask)
    {
        var (image, byBin) = IrfMask.Touched(mask, edisp.Data.Geometry, edisp.IsKernel ? Geometry.Energy.BinCount : 0);
        if (!edisp.IsKernel) stack.Add(edisp.Data, weights, image, null);
        else
        {
            var any = Enumerable.Range(0, image.Length).Select(pixel => Array.Exists(byBin, plane => plane[pixel])).ToArray();
            stack.Add(edisp.Data, weights, any, byBin);
        }
    }

    private void EnsureSameAxes(MapDataset observation, Map<double> exposure)
    {
        if (!observation.Energy.Matches(Geometry.Energy))
            throw MapErrors.DifferentAxes(observation.Place, observation.Energy, Geometry.Energy);
        var energyTrue = exposure.Geometry.Axis("energy_true");
        if (!energyTrue.Matches(Geometry.EnergyTrue)) throw MapErrors.DifferentAxes(observation.Place, energyTrue, Geometry.EnergyTrue);
        if (exposure.Geometry.PlaneLength != observation.Geometry.PlaneLength)
            throw MapErrors.Unsupported(observation.Place, $"an exposure of {exposure.Geometry.Width} x {exposure.Geometry.Height} pixels",
                "the counts' image size");
    }

    private Span<T> Plane<T>(T[] cube, int plane)
    {
        var pixels = Geometry.Image.Width * Geometry.Image.Height;
        return cube.AsSpan(plane * pixels, pixels);
    }

    private void AddPlane(
        ReadOnlySpan<double> from, ReadOnlySpan<bool> mask, int width, PixelRegion source, Span<double> to, PixelRegion target)
    {
        for (var y = 0; y < source.Height; y++)
        {
            var row = (source.Y + y) * width + source.X;
            MaskedRow.Add(from.Slice(row, target.Width), mask.Slice(row, target.Width),
                to.Slice((target.Y + y) * Geometry.Image.Width + target.X, target.Width));
        }
    }

    private void Cover(ReadOnlySpan<bool> mask, int width, PixelRegion source, Span<int> to, PixelRegion target)
    {
        for (var y = 0; y < source.Height; y++)
            MaskedRow.Count(mask.Slice((source.Y + y) * width + source.X, target.Width),
                to.Slice((target.Y + y) * Geometry.Image.Width + target.X, target.Width));
    }
}
