using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// A MapDataset file that is read by image rows. IRFs, axes and time intervals, which are small, are read when the file is opened.
/// </summary>
public sealed class MapDatasetStrips : IDatasetRows, IDisposable
{
    private readonly FitsFile _file;
    private readonly MapRows? _counts;
    private readonly MapRows? _background;
    private readonly MapRows? _exposure;
    private readonly MapRows? _maskSafe;
    private readonly MapRows? _maskFit;
    private readonly MapDataset _metadata;

    internal MapDatasetStrips(FitsFile file, MapDataset metadata, Func<string, string, MapRows?> open)
    {
        (_file, _metadata) = (file, metadata);
        (_counts, _background, _maskSafe, _maskFit) =
            (open("COUNTS", ""), open("BACKGROUND", ""), open("MASK_SAFE", ""), open("MASK_FIT", ""));
        _exposure = open("EXPOSURE", "m2 s") is { } exposure ? exposure.WithGeometry(MapDatasetFile.EnergyTrue(exposure.Geometry)) : null;
        if (_exposure is not null) MapDatasetFile.EnsureAxes(file, "EXPOSURE", _exposure.Geometry, ["energy_true"]);
        Geometry = (_counts ?? _background ?? _maskSafe)!.Geometry;
        Grid = Geometry.Grid ?? throw MapErrors.Unsupported(Place, "counts on a region", "counts on an image");
        BytesPerRow =
            (long)Grid.Width * (8 * (Planes(_counts) + Planes(_background) + Planes(_exposure)) + Planes(_maskSafe) + Planes(_maskFit));
    }

    public string Place => _metadata.Place;

    /// <summary>The geometry of the counts, or else of the background or the safe mask.</summary>
    public MapGeometry Geometry { get; }

    public SkyGrid Grid { get; }

    public MapAxis Energy => Geometry.FindAxis("energy") ?? throw MapErrors.NoAxis(Place, "counts", "energy", Geometry);

    public PsfMap? Psf => _metadata.Psf;

    public EdispMap? Edisp => _metadata.Edisp;

    public GoodTimeIntervals? Gti => _metadata.Gti;

    public long BytesPerRow { get; }

    /// <inheritdoc/>
    /// <exception cref="FitsException">The file is damaged in these rows.</exception>
    public MapDataset Rows(int firstRow, int count) => _metadata with
    {
        Counts = _counts?.Read(firstRow, count),
        Background = _background?.Read(firstRow, count),
        Exposure = ReadExposure(firstRow, count),
        MaskSafe = _maskSafe?.ReadMask(firstRow, count),
        MaskFit = _maskFit?.ReadMask(firstRow, count),
    };

    public MapDataset ReadAll() => Rows(0, Grid.Height);

    public void Dispose() => _file.Dispose();

    private static int Planes(MapRows? map) => map?.Geometry.PlaneCount ?? 0;

    /// <summary>An exposure with another image height is returned whole; operations that need it refuse it.</summary>
    private Map<double>? ReadExposure(int firstRow, int count) =>
        _exposure is null ? null
            : _exposure.Geometry.Height == Grid.Height ? _exposure.Read(firstRow, count) : _exposure.Read(0, _exposure.Geometry.Height);
}
