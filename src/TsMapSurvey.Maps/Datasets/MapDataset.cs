using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// Counts of one or several observations with everything that a likelihood fit needs (data level DL4). Every map is optional; an operation
/// that needs a missing map throws. Units are always m² s for exposure, sr⁻¹ for the PSF, TeV and degrees; other units are converted when
/// a file is read.
/// </summary>
public sealed record MapDataset
{
    public required string Name { get; init; }

    /// <summary>The file or blob that it was read from; null for a dataset made in memory.</summary>
    public string? File { get; init; }

    /// <summary>The name used in messages: the file, or <see cref="Name"/> (which several files may share) if there is none.</summary>
    public string Place => File ?? Name;

    /// <summary>The observation: OBS_ID of the file, else its NAME; null if it has neither.</summary>
    public string? ObservationId { get; init; }

    /// <summary>Events per pixel and bin of reconstructed energy.</summary>
    public Map<double>? Counts { get; init; }

    /// <summary>Expected background events per pixel and bin of reconstructed energy.</summary>
    public Map<double>? Background { get; init; }

    /// <summary>Effective area times live time in m² s, per pixel and true energy (nodes may be centers or edges).</summary>
    public Map<double>? Exposure { get; init; }

    /// <summary>True where the data are valid.</summary>
    public Map<bool>? MaskSafe { get; init; }

    /// <summary>True where the user wants a fit.</summary>
    public Map<bool>? MaskFit { get; init; }

    public PsfMap? Psf { get; init; }

    public EdispMap? Edisp { get; init; }

    /// <summary>
    /// Whether the response maps have zeros where the observation has no valid data, so that a stack adds them without the safe mask. False
    /// in files.
    /// </summary>
    public bool ResponsesAreMasked { get; init; }

    public GoodTimeIntervals? Gti { get; init; }

    /// <summary>Live time of the exposure in seconds; null if the file does not have it.</summary>
    public double? LiveTimeS { get; init; }

    /// <summary>Defects of the file that do not prevent its use. Each sentence names the file and the HDU.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the safe mask has a pixel; true if there is no mask.</summary>
    public bool HasSafePixel => MaskSafe is null || MaskSafe.Data.AsSpan().Contains(true);

    /// <summary>The geometry of the counts, or else of the background or the safe mask.</summary>
    public MapGeometry Geometry => (Counts ?? Background)?.Geometry ?? MaskSafe?.Geometry
        ?? throw MapErrors.MissingMap(Place, "COUNTS, BACKGROUND or MASK_SAFE", "its geometry");

    public SkyGrid Grid => Geometry.Grid ?? throw MapErrors.Unsupported(Place, "counts on a region", "counts on an image");

    /// <summary>Reconstructed energy.</summary>
    public MapAxis Energy => Geometry.FindAxis("energy") ?? throw MapErrors.NoAxis(Place, "counts", "energy", Geometry);

    /// <summary>Returns the map, or throws an exception that says what needs it.</summary>
    /// <param name="use">The operation that needs the map, for the message.</param>
    /// <exception cref="MapException">The map is null.</exception>
    public Map<double> Require(Map<double>? map, string hdu, string use) => map ?? throw MapErrors.MissingMap(Place, hdu, use);
}
