using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// Counts of one observation or of many, with all that a likelihood needs (DL4; formats 4.1). Every map may be missing; what
/// needs one says so. Units: exposure m² s, PSF sr⁻¹, energies TeV, angles degrees, whatever the file had.
/// </summary>
public sealed record MapDataset
{
    public required string Name { get; init; }

    /// <summary>The file or blob that it was read from; null for what was made here.</summary>
    public string? File { get; init; }

    /// <summary>What messages call it: the file, which people know, before the name, which several files may share.</summary>
    public string Place => File ?? Name;

    /// <summary>The observation that it is of: OBS_ID of the file, else its NAME; null where it says neither.</summary>
    public string? ObservationId { get; init; }

    /// <summary>Events per pixel and reco energy bin.</summary>
    public Map<double>? Counts { get; init; }

    /// <summary>Expected background events per pixel and reco energy bin.</summary>
    public Map<double>? Background { get; init; }

    /// <summary>Effective area times live time, m² s, per pixel and true energy (the axis may be centers or edges).</summary>
    public Map<double>? Exposure { get; init; }

    /// <summary>Where the data may be used.</summary>
    public Map<bool>? MaskSafe { get; init; }

    /// <summary>Where the user wants a fit.</summary>
    public Map<bool>? MaskFit { get; init; }

    public PsfMap? Psf { get; init; }

    public EdispMap? Edisp { get; init; }

    public GoodTimeIntervals? Gti { get; init; }

    /// <summary>Live time behind the exposure, when the file tells.</summary>
    public double? LiveTimeS { get; init; }

    /// <summary>What a user should know of the file though it can be used; each sentence names file and HDU. Mostly empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The geometry of the counts, or of the first map there is.</summary>
    public MapGeometry Geometry => (Counts ?? Background)?.Geometry ?? MaskSafe?.Geometry
        ?? throw MapErrors.MissingMap(Place, "COUNTS, BACKGROUND or MASK_SAFE", "its geometry");

    public SkyGrid Grid => Geometry.Grid ?? throw MapErrors.Unsupported(Place, "counts on a region", "counts on an image");

    /// <summary>Reconstructed energy.</summary>
    public MapAxis Energy => Geometry.FindAxis("energy") ?? throw MapErrors.NoAxis(Place, "counts", "energy", Geometry);

    /// <summary>The map, or an error that says what it is needed for.</summary>
    public Map<double> Need(Map<double>? map, string hdu, string use) => map ?? throw MapErrors.MissingMap(Place, hdu, use);
}
