using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Contracts;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Points;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using static TsMapSurvey.Server.Description.ParameterSchemas;

namespace TsMapSurvey.Server.Description;

/// <summary>Description and schema of each parameter of the API. A parameter means the same in every operation that has it.</summary>
internal static class ParameterTexts
{
    private const string QuantityText = "Name of a quantity, for example sqrt_ts, flux or counts. /info lists the quantities of each map.";

    private static readonly Dictionary<(ParameterLocation In, string Name), Entry> Known = new()
    {
        [Path("survey")] = new("Name of the survey, as listed by /api/surveys.", () => Text()),
        [Path("tile")] = new(
            "Name of the tile. In a tiling of the kind grid its column and row, counted from 0, for example x003y001; of the kind healpix "
            + "the order and the number of its cell in the nested scheme, for example hpx1-3-123.",
            () => Text()),
        [Path("map")] = new("Name of one of the survey's maps, as listed by /info.", () => Text()),
        [Path("quantity")] = new(QuantityText, () => Quantity(null)),
        [Path("revision")] =
            new("Revision of the tile's map or stack, as in the header Tsmap-Revision of an earlier answer.", () => Integer("int64", 1)),
        [Path("name")] = new(
            "Name of the observation: its path below the survey's folder of observations, for example night1/run42.fits.gz.",
            () => Text(maxLength: 1000)),
        [Path("ra")] = new(
            "Right ascension in degrees, ICRS. With frame=galactic: galactic longitude in degrees.",
            () => Number(NumberParameter.LongitudeDeg)),
        [Path("dec")] =
            new("Declination in degrees, ICRS. With frame=galactic: galactic latitude in degrees.",
                () => Number(NumberParameter.LatitudeDeg)),
        [Path("layer")] = new(
            "Layer of the survey: map, quantity, and energy band where the map has several, for example point-sqrt_ts; /hipslist has all.",
            () => Text()),
        [Path("version")] = new(
            "Version of the HiPS: its revision and a hash of the tiles in it, as in the line prov_progenitor of its properties.",
            () => Text("^[0-9]{1,10}-[0-9a-f]{16}$")),
        [Path("dir")] = new("Npix rounded down to a multiple of 10000.", () => Integer("int64", 0)),
        [Path("npix")] = new("Number of the tile in the nested scheme of HEALPix.", () => Integer("int64", 0)),
        [Path("frequency_order")] = new(
            "Order of the tile's frequency cell (IVOA MOC): lower by as much as the order of the sky, see hips_order_hierarchy in "
                + "properties.",
            () => Integer("int32", 0, FrequencyCells.DeepestOrder)),
        [Path("frequency_dir")] = new("The number frequency_pix rounded down to a multiple of 10.", () => Integer("int64", 0)),
        [Path("frequency_pix")] = new("Number of the tile's frequency cell.", () => Integer("int64", 0)),
        [Path("x")] = new("Column of the pixel in the survey's grid, counted from 0 at the left.", () => Integer("int32", 0)),
        [Path("y")] = new("Row of the pixel in the survey's grid, counted from 0 at the bottom.", () => Integer("int32", 0)),
        [Path("order")] =
            new("HEALPix order of the cell or tile: nside is 2 to the power of it.", () => Integer("int32", 0, HealpixCell.DeepestOrder)),
        [Path("index")] = new(
            "Number of the cell in nested numbering, ICRS: 0 to 12 * 4^order - 1.", () => Integer("int64", 0)),
        [Path("job")] = new("Id of the job, from the answer to openJob.", () => Text("^[0-9a-f]{32}$")),
        [Path("dataset")] =
            new("Position of the dataset in the job's list, counted from 0.", () => Integer("int32", 0, ComputeRequest.MaxDatasets - 1)),
        [Query("map")] = new("Name of one of the survey's maps. Default: the first map listed by /info.", () => Text()),
        [Query("quantity")] = new(QuantityText, () => Quantity("sqrt_ts")),
        [Query("energy")] = new(
            "Energy bin: its number counted from 0, or an energy inside it, for example 2 TeV. Default: the first bin; for a tile's FITS "
                + "file all bins.",
            () => Text()),
        [Query("slice")] = new(
            "Name of one of the survey's slices, as listed by /info: all (all observations), or the last nights, for example 7d.",
            () => Text("^(all|[1-9][0-9]*d)$", null, SliceWindow.All)),
        [Query("confidence")] = new(
            "Confidence of the upper limits as a probability, for example 0.95: that of a normal distribution within n_sigma_ul standard "
                + "deviations, as gammapy's UL_CONF. Default: that of the map.", () => Number(NumberParameter.Confidence)),
        [Query("n_sigma_ul")] = new(
            "Confidence of the upper limits in standard deviations, instead of confidence. Default: that of the map.",
            () => Number(NumberParameter.NSigmaUl)),
        [Query("format")] = new(
            "Format of the answer, instead of the header Accept.",
            () => Enumeration(TableForm.All.Select(form => form.Name), TableForm.Json.Name)),
        [Query("energy_edges")] = new(
            "Energy bins of the flux points: all (each bin of the survey), full (one bin), or edges such as 1 TeV,3 TeV,10 TeV, which are "
                + "moved to the nearest edges of the survey.", () => Text(maxLength: 1000, defaultValue: "all")),
        [Query("order")] = new(
            "HEALPix order of the smallest cells. A coarser order than the survey's makes a smaller file that contains the same region. "
                + "Default: the survey's.", () => Integer("int32", 0, HealpixCell.DeepestOrder)),
        [Query("fresh")] = new(
            "true: wait, up to timeout, until the answer contains the newest stacked data. false: answer at once with the newest "
                + "published result.", Flag),
        [Query("timeout")] = new(
            "Seconds to wait for a result that is being computed. If it takes longer, the answer is 202 and the request can be repeated. "
                + "With fresh=true the default is 30.",
            () => Number(NumberParameter.TimeoutS)),
        [Query("frame")] = new("Coordinate frame of the position in the path.", () => Enumeration(["icrs", "galactic"], "icrs")),
        [Query("colormap_name")] =
            new("Name of the picture's colormap. Default: that of the quantity.", () => Enumeration(Colormap.All.Select(map => map.Name))),
        [Query("stretch")] = new("How values are scaled to the colormap. Default: that of the quantity.", Names<Stretch>),
        [Query("rescale")] = new(
            "MIN,MAX: the values at the two ends of the colormap, in the quantity's unit, for example -5,10. Default: percentiles of the "
                + "values.", () => Text("^[^,]+,[^,]+$")),
        [Query("min_sqrt_ts")] = new("Minimum sqrt_ts (significance) of a candidate.", () => Number(NumberParameter.MinSqrtTs)),
        [Query("min_separation")] = new(
            "Minimum separation in degrees: of two closer candidates of an energy bin, the less significant one is omitted.", () =>
                Number(NumberParameter.MinSeparationDeg)),
        [Query("after")] = new(
            "The end of the previous page. The header Link of a page has the complete URL of the next one.", () => Text(maxLength: 1000)),
        [Query("limit")] = new(
            "Maximum number of entries of the page.", () => Integer("int32", 1, Page<Candidate>.MaxItems, Page<Candidate>.MaxItems)),
        [Query("state")] = new(
            "Only observations in these states, separated by commas. States: "
                + $"{string.Join(", ", Enum.GetNames<ObservationState>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.",
            () => Text("^[A-Za-z]+(,[A-Za-z]+)*$")),
        [Query(WebhookKey.Parameter)] =
            new("The key for posting events, as an alternative to the header. Event Grid keeps the query of a webhook secret.",
                () => Text()),
        [Header(WebhookKey.Header)] = new("The key for posting events.", () => Text()),
        [Header("Idempotency-Key")] =
            new("An id chosen by the client, the same for all retries of one request. It appears in the observation's reason.",
                () => Text(maxLength: 255)),
        [Header("Last-Event-ID")] = new("Id of the last event that the client received; later events are sent again.", () => Text()),
    };

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        AddUnread(operation, context.Description.RelativePath ?? "");
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In is not { } location || !Known.TryGetValue((location, parameter.Name ?? ""), out var entry)) continue;
            (parameter.Description, parameter.Schema) = (entry.Description, entry.Schema());
        }

        return Task.CompletedTask;
    }

    /// <summary>Adds the parameters of the path that a handler reads from the request itself.</summary>
    private static void AddUnread(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (var (location, name) in Known.Keys)
            if (location == ParameterLocation.Path && path.Contains($"{{{name}}}", StringComparison.Ordinal)
                && operation.Parameters.All(parameter => parameter.Name != name))
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = location, Required = true });
    }

    private static (ParameterLocation In, string Name) Path(string name) => (ParameterLocation.Path, name);

    private static (ParameterLocation In, string Name) Query(string name) => (ParameterLocation.Query, name);

    private static (ParameterLocation In, string Name) Header(string name) => (ParameterLocation.Header, name);

    private static OpenApiSchema Quantity(string? defaultValue) => Enumeration(QuantityLabels.Names, defaultValue);

    private static OpenApiSchema Names<T>()
        where T : struct, Enum => Enumeration(Enum.GetNames<T>().Select(RequestErrors.CamelCase));

    private sealed record Entry(string Description, Func<OpenApiSchema> Schema);
}
