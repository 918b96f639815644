using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TsMapSurvey.Server.Description;

/// <summary>
/// Descriptions of answers' properties: by name if the property means the same in every answer, otherwise with the type as prefix. Other
/// properties get the comments of their types.
/// </summary>
internal static class PropertyTexts
{
    private const string StatusText = "Flags that describe the result of the fit.";
    private const string InState = "Number of observations in this state.";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["ra"] = "Right ascension in degrees, ICRS.",
        ["dec"] = "Declination in degrees, ICRS.",
        ["lon"] = "Longitude in degrees, in the survey's own frame.",
        ["lat"] = "Latitude in degrees, in the survey's own frame.",
        ["frame"] = "The survey's own coordinate frame: icrs, fk5 or galactic.",
        ["other"] = "The adjacent tile, with the higher number.",
        ["pixelX"] = "Column of the pixel in the survey's grid, counted from 0 at the left.",
        ["pixelY"] = "Row of the pixel in the survey's grid, counted from 0 at the bottom.",
        ["x"] = "Column of the first pixel in the survey's grid, counted from 0 at the left.",
        ["y"] = "Row of the first pixel in the survey's grid, counted from 0 at the bottom.",
        ["width"] = "Width in pixels.",
        ["height"] = "Height in pixels.",
        ["survey"] = "Name of the survey.",
        ["tile"] = "Name of the tile.",
        ["map"] = "Name of the map.",
        ["quantity"] = "Name of the quantity.",
        ["unit"] = "Unit of the values, in FITS notation.",
        ["values"] = "Pixel values, row by row from the bottom, each row from the left; null where there is no value.",
        ["energyBin"] = "Index of the map's energy bin, counted from 0.",
        ["energyMinTeV"] = "Lower edge of the energy bin in TeV.",
        ["energyMaxTeV"] = "Upper edge of the energy bin in TeV.",
        ["ts"] = "Test statistic: the Cash statistic without the source minus that with the source.",
        ["sqrtTs"] = "Significance: the square root of TS, negative for a deficit.",
        ["maxSqrtTs"] = "The largest sqrt_ts; null if no pixel was fitted.",
        ["norm"] = "Fitted norm: the measured flux divided by the flux of the map's model, without unit. 1 is the model's flux.",
        ["normErr"] = "Error of the norm, without unit.",
        ["flux"] = "Photon flux between the edges of the energy bin, in cm-2 s-1.",
        ["fluxErr"] = "Error of the flux, in cm-2 s-1.",
        ["fluxUl"] = "Upper limit of the flux, in cm-2 s-1; null if there is none.",
        ["normUl"] = "Upper limit of the norm, without unit.",
        ["fluxErrn"] = "Distance in cm-2 s-1 from the flux down to where the Cash statistic has risen by n_sigma squared; null if "
            + "it never does.",
        ["fluxErrp"] = "The same distance upwards.",
        ["nSigmaUl"] = "Confidence of the limits in standard deviations.",
        ["confidence"] = "Confidence of the limits: the probability of a normal distribution within nSigmaUl, as gammapy's UL_CONF.",
        ["kernelCounts"] = "Events under the kernel K, with the weights K / sum(K squared): its difference to kernelBackground estimates "
            + "the source's counts.",
        ["kernelBackground"] = "Expected background under the kernel, with the same weights.",
        ["kernelExposure"] = "Exposure under the kernel in m2 s: the mean with the weights K.",
        ["signal"] = "Counts under the kernel that a source of norm 1 gives.",
        ["FluxPointAnswer.status"] = StatusText,
        ["ProfileAnswer.status"] = StatusText,
        ["dnde"] = "Differential flux at energyRefTeV, in cm-2 s-1 TeV-1.",
        ["dndeErr"] = "Error of the differential flux, in cm-2 s-1 TeV-1.",
        ["dndeErrn"] = "Negative error of the differential flux, in cm-2 s-1 TeV-1.",
        ["dndeErrp"] = "Positive error of the differential flux, in cm-2 s-1 TeV-1.",
        ["dndeUl"] = "Upper limit of the differential flux, in cm-2 s-1 TeV-1.",
        ["energyRefTeV"] = "Geometric mean of the energy bin's edges, in TeV.",
        ["isUl"] = "Whether sqrt_ts is below 2, so that the point is shown as its limit.",
        ["refFlux"] = "The model's photon flux in the energy bin, which is the flux of norm 1, in cm-2 s-1.",
        ["stat"] = "The Cash statistic with the source.",
        ["statNull"] = "The Cash statistic without the source.",
        ["nSigma"] = "Standard deviations: negative below the best fit, 0 at it. The limit at n standard deviations is the norm at n.",
        ["norms"] = "Norms at which the Cash statistic exceeds its minimum by deltaStat.",
        ["fluxes"] = "The norms as photon fluxes in the energy bin, in cm-2 s-1.",
        ["deltaStat"] = "The Cash statistic minus its minimum: the square of nSigma.",
        ["row"] = "Row of the posted table, counted from 1. The answer has the rows in the same order.",
        ["PostedPointAnswer.name"] = "Name of the posted row; null if the table has no names.",
        ["AssetAnswer.name"] = "Name of the observation.",
        ["AssetAnswer.exposure"] = "Exposure of the observation at the position in m2 s, weighted with the map's spectrum; "
            + "null if unknown.",
        ["start"] = "Start of the observation (UTC); null if its file states none.",
        ["night"] = "The night in which it began, as the MJD (UTC) on which the night begins; null if the start is unknown.",
        ["hash"] = "MD5 of the content in base64; null if unknown.",
        ["link"] = "Path of the observation's state and history in this API.",
        ["background"] = "Background events expected in the pixel, summed over reconstructed energy.",
        ["excess"] = "Counts minus background.",
        ["posErr"] = "Radius in degrees that contains the source with a probability of 68 %.",
        ["posErrMajor"] = "Semi-major axis in degrees of the ellipse that contains the source with a probability of 68 %.",
        ["posErrMinor"] = "Semi-minor axis of that ellipse in degrees.",
        ["posErrAngle"] = "Position angle of the major axis in degrees, from north through east.",
        ["revision"] = "Revision of the data in the answer.",
        ["tileRevision"] = "Revision of the tile's map that contains the candidate.",
        ["newestRevision"] = "Revision of the newest data.",
        ["computedAt"] =
            "When the newest map in the answer was computed, or, for an answer without a map, when the stack was committed; null if there "
            + "is neither.",
        ["committedAt"] = "When the stack last changed.",
        ["createdAt"] = "When the job was created.",
        ["stale"] = "Whether newer data exist than those in the answer.",
        ["slice"] = "Name of the slice.",
        ["windowStart"] = "Start of the first night of the slice; null for the slice all.",
        ["windowEnd"] = "End of the last night of the slice; null for the slice all.",
        ["colormap"] = "Name of the colormap.",
        ["stretch"] = "How values are scaled to the colormap.",
        ["emptyReason"] = "Why the map is empty; null if it is not.",
        ["job"] = "Id of the job.",
        ["blocksDone"] = "Number of row blocks that are computed.",
        ["receivedAt"] = "When this version was first seen.",
        ["plannedAt"] = "When the file had been read and its tiles were known.",
        ["stackedAt"] = "When the last of its tiles had added it.",
        ["changedAt"] = "When it entered this state.",
        ["at"] = "When it entered this state.",
        ["eTag"] = "The store's ETag of this version.",
        ["received"] = InState,
        ["planned"] = InState,
        ["stacking"] = InState,
        ["stacked"] = InState,
        ["quarantined"] = InState,
        ["changed"] = InState,
        ["retracting"] = InState,
        ["retracted"] = InState,
        ["inFlight"] = "Number of observations that are being processed.",
        ["HealthAnswer.status"] = "live or ready.",
        ["InfoAnswer.name"] = "Name of the survey.",
        ["InfoAnswer.pixelSizeDeg"] = "Width of a pixel in degrees.",
        ["InfoAnswer.width"] = "Width of the survey's grid in pixels; 0 if it has no common grid.",
        ["InfoAnswer.height"] = "Height of the survey's grid in pixels; 0 if it has no common grid.",
        ["InfoAnswer.tilePixels"] = "Width and height of a tile in pixels, without its halo.",
        ["InfoAnswer.tileColumns"] = "Number of tiles in a row of the grid.",
        ["InfoAnswer.tileRows"] = "Number of rows of tiles.",
        ["InfoAnswer.haloPixels"] = "Width in pixels of the halo around a tile's own pixels, on each side of its stack.",
        ["InfoAnswer.slices"] = "Names of the slices for which maps can be requested, for example all and 7d.",
        ["InfoAnswer.definition"] = "The survey's definition, as in survey.json.",
        ["InfoAnswer.maps"] = "The survey's maps; the first is the default.",
        ["MapAnswer.name"] = "Name of the map.",
        ["MapAnswer.spatial"] = "Shape of the source model, for example point or gauss:0.2deg.",
        ["MapAnswer.index"] = "Spectral index of the source model's power law.",
        ["MapAnswer.cubes"] = "Quantities of which there is a HiPS cube, whose layer is MAP-QUANTITY-cube; empty unless the survey's "
            + "energy bins are frequency cells.",
        ["MapAnswer.energyEdgesTeV"] = "Edges of the map's energy bins in TeV.",
        ["MapAnswer.quantities"] = "The quantities of the map.",
        ["QuantityAnswer.name"] = "Name of the quantity, as used in URLs.",
        ["ObservationEntry.name"] = "Name of the observation.",
        ["ObservationEntry.tiles"] = "Number of tiles that it covers.",
        ["ObservationStatus.name"] = "Name of the observation.",
        ["ObservationRef.name"] = "Name of the observation.",
        ["ObservationEntry.identity"] = "The observation's id and start time as stated in its file; null if the file lacks one of them. "
            + "Two names with the same identity are the same observation counted twice.",
        ["ObservationRef.hash"] = "MD5 of the content in base64; null if unknown. Refs with the same hash are the same version, even if "
            + "their ETags differ.",
        ["ObservationStatus.tiles"] = "The tiles that it covers; empty until it is planned, and if all its pixels are masked. During a "
            + "retraction: the tiles that may still contain it.",
        ["PointAnswer.state"] = "State of the map: ready, computing, empty or failed; outside for a position outside the survey.",
        ["PointAnswer.counts"] = "Events in the pixel, summed over reconstructed energy.",
        ["PointAnswer.exposure"] = "Exposure of the pixel in m2 s: the mean over the energy bin, weighted with the map's spectrum.",
        ["PointAnswer.stackRevision"] = "Revision of the stack from which counts, background and exposure were read, and limits "
            + "that the map lacks: that of the map, except while there is no map.",
        ["PointAnswer.reason"] = "Why the map is empty or failed; null otherwise.",
        ["RegionAnswer.background"] = "Background events expected in the pixels, summed over reconstructed energy.",
        ["TileAnswer.ra"] = "Right ascension of the tile's centre in degrees, ICRS.",
        ["TileAnswer.dec"] = "Declination of the tile's centre in degrees, ICRS.",
        ["TileAnswer.observations"] = "Number of observations in the stack.",
        ["TileAnswer.counts"] = "Events on the tile's own pixels, inside the mask of the newest map.",
        ["TileAnswer.exposureM2S"] = "Largest exposure of the newest map on the tile's own pixels, in m2 s.",
        ["TileAnswer.fault"] = "Why the stack is not available; null if it is.",
        ["TileAnswer.maps"] = "The published maps.",
        ["ComputeAnswer.silos"] = "The silos that computed the blocks.",
        ["ComputeAnswer.reason"] = "Why the job failed; null otherwise.",
        ["ComputeAnswer.warnings"] = "Warnings about the maps.",
        ["MapDefinition.spatial"] = "Shape of the source: `point`, a Gaussian with its sigma such as `gauss:0.2deg`, or a disk with its "
            + "radius such as `disk:0.3deg`.",
        ["MapDefinition.index"] = "Spectral index of the source's power law, for example 2.",
        ["MapDefinition.amplitude"] = "Differential flux of norm 1 at the reference energy, for example `1e-12 cm-2 s-1 TeV-1`.",
        ["MapDefinition.reference"] = "Reference energy of the power law, for example `1 TeV`.",
        ["MapDefinition.model"] = "The source as one component of gammapy's model YAML (the text itself). Replaces spatial, index, "
            + "amplitude and reference. null: those are used.",
        ["MapDefinition.backgroundModels"] =
            "Known sources that are part of the null hypothesis, as gammapy's model YAML (the text itself).",
        ["MapDefinition.kernelWidthDeg"] = "Width of the kernel (PSF and source) in degrees, for example 0.6; half of it is the halo of a "
            + "tile. null: in a survey 1 degree plus the extent of the source, in a job as wide as PSF and source need.",
        ["MapDefinition.threshold"] = "A pixel is fitted only if the TS of a first guess of its norm exceeds this value. null: every pixel "
            + "is fitted.",
        ["MapDefinition.selection"] = "Optional quantities to compute, named as in `--selection-optional`, for example `ul`.",
        ["MapDefinition.energyEdges"] =
            "Edges of the map's energy bins such as `10 GeV`, or the single word `all` for one bin per bin of the energy axis. null: one "
            + "bin over the whole axis.",
        ["MapDefinition.sumOverEnergyGroups"] = "true: the counts of an energy bin are summed over the bins of the energy axis before the "
            + "fit (the default). false: these are fitted together.",
        ["MapDefinition.nSigma"] = "Confidence level of the errors, in standard deviations. Default: 1.",
        ["MapDefinition.nSigmaUl"] = "Confidence level of the upper limits, in standard deviations. Default: 2.",
        ["MapDefinition.nSigmaSensitivity"] = "Significance, in standard deviations, that defines the sensitivity. Default: 5.",
        ["MapDefinition.norm"] = "Range of norms (flux divided by the model's flux) of the likelihood profile. Default: "
            + "`scan_min=-100,scan_max=100`.",
        ["MapDefinition.rtol"] = "Relative precision of the fitted norm. Default: 0.01.",
        ["MapDefinition.maxNiter"] = "Maximum number of iterations of a fit. Default: 100.",
        ["MapDefinition.maxPsfRadiusDeg"] = "The PSF kernel is cut off at this radius, in degrees. Default: 5.",
        ["MapDefinition.downsamplingFactor"] =
            "The fit uses pixels that are wider by this factor, and the maps are interpolated. null: no downsampling. All tiles use the "
            + "same blocks of pixels, so the mosaic equals one large map.",
        ["NotifyAnswer.taken"] = "Number of events about observations of this survey.",
        ["NotifyAnswer.ignored"] = "Number of events about other blobs, or about blobs that do not exist any more.",
        ["StatusAnswer.observations"] = "Number of observations found.",
        ["StatusAnswer.waiting"] = "Number of observations that were found but are not yet being processed.",
        ["TileMapAnswer.counts"] = "Events on the tile's own pixels, inside the mask.",
        ["MosaicAnswer.text"] = "Title of the quantity with its unit.",
        ["MosaicAnswer.min"] = "Value at the lower end of the colormap.",
        ["MosaicAnswer.max"] = "Value at the upper end of the colormap.",
        ["StatisticsAnswer.statistics"] = "Statistics of all finite values, with titiler's names.",
        ["ProblemDetails.status"] = "The HTTP status.",
        ["ProblemDetails.title"] = "The HTTP status in words.",
        ["ProblemDetails.detail"] = "What was wrong and what was expected.",
        ["ProblemDetails.instance"] = "Path of the request.",
        ["ProblemDetails.type"] = "URL that explains the status.",
    };

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // A nested object is described by its type.
        if (context.JsonPropertyInfo is not { } property || schema.Properties is { Count: > 0 }) return Task.CompletedTask;
        if (Of(property.DeclaringType.Name, property.Name) is { } text) schema.Description = text;
        return Task.CompletedTask;
    }

    /// <summary>Null if there is no text for the property.</summary>
    public static string? Of(string type, string property) =>
        Known.GetValueOrDefault($"{type}.{property}") ?? Known.GetValueOrDefault(property);
}
