using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TsMapSurvey.Server.Description;

/// <summary>
/// What the properties of answers mean: written once for a name that means the same in every answer, with the type in front for one that
/// does not. Other properties have the comments of their types.
/// </summary>
internal static class PropertyTexts
{
    private const string InState = "Observations in this state.";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["ra"] = "Right ascension in degrees, ICRS.",
        ["dec"] = "Declination in degrees, ICRS.",
        ["lon"] = "Longitude in degrees, in the survey's own frame.",
        ["lat"] = "Latitude in degrees, in the survey's own frame.",
        ["frame"] = "The survey's own frame: icrs, fk5 or galactic.",
        ["pixelX"] = "Column of the pixel in the survey's grid, from 0 at the left.",
        ["pixelY"] = "Row of the pixel in the survey's grid, from 0 at the bottom.",
        ["x"] = "Column of the first pixel in the survey's grid, from 0 at the left.",
        ["y"] = "Row of the first pixel in the survey's grid, from 0 at the bottom.",
        ["width"] = "Width in pixels.",
        ["height"] = "Height in pixels.",
        ["survey"] = "Name of the survey.",
        ["tile"] = "Name of the tile.",
        ["map"] = "Name of the map.",
        ["quantity"] = "Name of the quantity.",
        ["unit"] = "Unit of the values, as FITS writes it.",
        ["values"] = "Row by row from the lowest, each from the left; null where nothing was fitted.",
        ["energyBin"] = "Number of the map's energy bin, from 0.",
        ["energyMinTeV"] = "Lower edge of the energy bin in TeV.",
        ["energyMaxTeV"] = "Upper edge of the energy bin in TeV.",
        ["ts"] = "Test statistic.",
        ["sqrtTs"] = "Significance: the square root of TS, with the sign of the excess.",
        ["maxSqrtTs"] = "The largest sqrt_ts; null where nothing was fitted.",
        ["norm"] = "Flux relative to that of the model.",
        ["normErr"] = "Error of the norm.",
        ["flux"] = "Photon flux between the edges of the energy bin, in cm-2 s-1.",
        ["fluxErr"] = "Error of the flux, in cm-2 s-1.",
        ["fluxUl"] = "Upper limit of the flux, in cm-2 s-1; null for a map without.",
        ["background"] = "Events that are expected without a source: in the pixel, summed over reconstructed energy.",
        ["excess"] = "Counts less background.",
        ["posErr"] = "Radius in degrees that holds the source with 68 %.",
        ["posErrMajor"] = "Semi-major axis of the ellipse that holds the source with 68 %, in degrees.",
        ["posErrMinor"] = "Semi-minor axis of that ellipse, in degrees.",
        ["posErrAngle"] = "Angle of the major axis in degrees, from north through east.",
        ["revision"] = "Revision of the data that this is made of.",
        ["tileRevision"] = "Revision of the tile's map that it is found in.",
        ["newestRevision"] = "Revision of the newest data.",
        ["computedAt"] =
            "When the newest map that this is made of was computed, or the stack committed where it is made of none; null where nothing "
            + "was.",
        ["committedAt"] = "When the stack last changed.",
        ["createdAt"] = "When it was opened.",
        ["stale"] = "Whether there are newer data than this is made of.",
        ["slice"] = "Name of the slice.",
        ["windowStart"] = "When the first night of the slice begins; null of all.",
        ["windowEnd"] = "When the last night of the slice ends; null of all.",
        ["colormap"] = "Name of the colours.",
        ["stretch"] = "How values become places in the colours.",
        ["emptyReason"] = "Why there is nothing to see; null for a map.",
        ["job"] = "Key of the job.",
        ["blocksDone"] = "Row blocks that are computed.",
        ["receivedAt"] = "When this version was first seen.",
        ["plannedAt"] = "When it was read and its tiles were known.",
        ["stackedAt"] = "When the last of its tiles had added it.",
        ["changedAt"] = "When it came into this state.",
        ["at"] = "When it came into this state.",
        ["eTag"] = "The store's tag of this version.",
        ["received"] = InState,
        ["planned"] = InState,
        ["stacking"] = InState,
        ["stacked"] = InState,
        ["quarantined"] = InState,
        ["changed"] = InState,
        ["retracting"] = InState,
        ["retracted"] = InState,
        ["inFlight"] = "Observations that are being worked on.",
        ["HealthAnswer.status"] = "live or ready.",
        ["InfoAnswer.name"] = "Name of the survey.",
        ["InfoAnswer.pixelSizeDeg"] = "Width of a pixel in degrees.",
        ["InfoAnswer.width"] = "Width of the survey's grid in pixels.",
        ["InfoAnswer.height"] = "Height of the survey's grid in pixels.",
        ["InfoAnswer.tilePixels"] = "Width and height of a tile in pixels, without its halo.",
        ["InfoAnswer.tileColumns"] = "Tiles side by side.",
        ["InfoAnswer.tileRows"] = "Tiles one above the other.",
        ["InfoAnswer.haloPixels"] = "Pixels around a tile's own ones that its stack has on each side.",
        ["InfoAnswer.slices"] = "Names of the slices that maps can be asked for.",
        ["InfoAnswer.definition"] = "The survey's definition, as its survey.json.",
        ["InfoAnswer.maps"] = "The survey's maps; the first is the default.",
        ["MapAnswer.name"] = "Name of the map.",
        ["MapAnswer.spatial"] = "Shape of the source that the map looks for, as point or gauss:0.2deg.",
        ["MapAnswer.index"] = "Index of the source's power law.",
        ["MapAnswer.energyEdgesTeV"] = "Edges of the map's energy bins in TeV.",
        ["MapAnswer.quantities"] = "What the map has.",
        ["QuantityAnswer.name"] = "Name of the quantity, as addresses have it.",
        ["ObservationEntry.name"] = "Name of the observation.",
        ["ObservationEntry.tiles"] = "How many tiles it touches.",
        ["ObservationStatus.name"] = "Name of the observation.",
        ["ObservationRef.name"] = "Name of the observation.",
        ["ObservationEntry.identity"] = "Which observation its file says that it is, and when that began; null where it does not say both. "
            + "Two names with one identity count it twice.",
        ["ObservationRef.hash"] = "Of the content, base64: two refs of one hash are one version, whatever their ETags. "
            + "Null where it is not known.",
        ["ObservationStatus.tiles"] = "The tiles it touches; empty until planned, and when no pixel of it is safe. While it is taken out, "
            + "the tiles that may still hold it.",
        ["PointAnswer.state"] = "State of the map: ready, computing, empty or failed.",
        ["PointAnswer.counts"] = "Events in the pixel, summed over reconstructed energy.",
        ["PointAnswer.exposure"] = "Exposure of the pixel in m2 s: the mean over the energy bin, weighted with the map's spectrum.",
        ["PointAnswer.stackRevision"] = "Revision of the stack that counts, background, excess and exposure are of.",
        ["PointAnswer.reason"] = "Why the map is empty or failed; null otherwise.",
        ["TileAnswer.ra"] = "Right ascension of the tile's centre in degrees, ICRS.",
        ["TileAnswer.dec"] = "Declination of the tile's centre in degrees, ICRS.",
        ["TileAnswer.observations"] = "How many observations are in the stack.",
        ["TileAnswer.counts"] = "Events on the tile's own pixels, inside the mask of the newest map.",
        ["TileAnswer.exposureM2S"] = "Largest exposure of the newest map on the tile's own pixels, in m2 s.",
        ["TileAnswer.fault"] = "Why the stack cannot be had for now; null when all is well.",
        ["TileAnswer.maps"] = "The maps that are published.",
        ["ComputeAnswer.silos"] = "The silos that computed the blocks.",
        ["ComputeAnswer.reason"] = "Why the job failed; null otherwise.",
        ["ComputeAnswer.warnings"] = "What to know of the maps.",
        ["MapDefinition.spatial"] = "point, gauss:0.2deg or disk:0.3deg.",
        ["MapDefinition.index"] = "Index of the power law.",
        ["MapDefinition.amplitude"] = "Of norm 1 at the reference energy: `1e-12 cm-2 s-1 TeV-1`.",
        ["MapDefinition.reference"] = "An energy, `1 TeV`.",
        ["MapDefinition.model"] =
            "The source as one component of gammapy's model YAML, the text itself, instead of shape and power law. Null: those.",
        ["MapDefinition.backgroundModels"] = "Known sources for the null hypothesis: gammapy's model YAML, the text itself.",
        ["MapDefinition.kernelWidthDeg"] = "Null: double Survey.DefaultKernelWidthDeg(ISpatialModel source) of the source.",
        ["MapDefinition.threshold"] = "Only where the TS of a guessed norm is above this is a pixel fitted; null: everywhere.",
        ["MapDefinition.selection"] = "Quantities beyond the default, by the words of `--selection-optional`.",
        ["MapDefinition.energyEdges"] = "Energies such as `10 GeV`, or the single word all. Null: one bin over the whole axis.",
        ["MapDefinition.maxPsfRadiusDeg"] = "The PSF's kernel is cut at this radius.",
        ["MapDefinition.downsamplingFactor"] = "Null: none. Tiles share their blocks, so that the mosaic is that of one map.",
        ["NotifyAnswer.taken"] = "Events of observations of this survey.",
        ["NotifyAnswer.ignored"] = "Events of something else, or of what is there no longer.",
        ["StatusAnswer.observations"] = "Observations that were seen.",
        ["StatusAnswer.waiting"] = "Observations that were seen and are not worked on yet.",
        ["TileMapAnswer.counts"] = "Events on the tile's own pixels, inside the mask.",
        ["MosaicAnswer.text"] = "The quantity for people, with its unit.",
        ["MosaicAnswer.min"] = "Value at the lower end of the colours.",
        ["MosaicAnswer.max"] = "Value at the upper end of the colours.",
        ["StatisticsAnswer.statistics"] = "Of all finite values; the names are titiler's.",
        ["ProblemDetails.status"] = "The HTTP status.",
        ["ProblemDetails.title"] = "The status in words.",
        ["ProblemDetails.detail"] = "What was wrong, and what would be right.",
        ["ProblemDetails.instance"] = "Path of the request.",
        ["ProblemDetails.type"] = "Where the status is explained.",
    };

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // What is an object itself has the meaning of its type.
        if (context.JsonPropertyInfo is not { } property || schema.Properties is { Count: > 0 }) return Task.CompletedTask;
        if (Of(property.DeclaringType.Name, property.Name) is { } text) schema.Description = text;
        return Task.CompletedTask;
    }

    /// <summary>Null: nothing is written here of that property.</summary>
    public static string? Of(string type, string property) =>
        Known.GetValueOrDefault($"{type}.{property}") ?? Known.GetValueOrDefault(property);
}
