using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Contracts;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Server;

/// <summary>What each parameter of the API means and may be: written once, and true for every operation that takes it.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<(ParameterLocation In, string Name), Entry> Known = new()
    {
        [(ParameterLocation.Path, "survey")] = new("Name of the survey.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Path, "tile")] = new("Name of the tile: its column and row in the survey's tiling, from 0.", () => ParameterSchemas.Text("^x[0-9]{3,}y[0-9]{3,}$")),
        [(ParameterLocation.Path, "map")] = new("Name of one of the survey's maps; /info lists them.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Path, "quantity")] = new("Name of a quantity of the map; /info lists those that it has.", Quantity),
        [(ParameterLocation.Path, "revision")] = new("Revision of the tile's stack.", () => ParameterSchemas.Whole("int64", 1)),
        [(ParameterLocation.Path, "name")] = new("Name of the observation: its file below the survey's folder of observations.", () => ParameterSchemas.Text(longest: 1000)),
        [(ParameterLocation.Path, "ra")] = new("Right ascension in degrees, ICRS; with frame=galactic the galactic longitude.", () => ParameterSchemas.Number(NumberParameter.LongitudeDeg)),
        [(ParameterLocation.Path, "dec")] = new("Declination in degrees, ICRS; with frame=galactic the galactic latitude.", () => ParameterSchemas.Number(NumberParameter.LatitudeDeg)),
        [(ParameterLocation.Path, "x")] = new("Column of the pixel in the survey's grid, from 0 at the left.", () => ParameterSchemas.Whole("int32", 0)),
        [(ParameterLocation.Path, "y")] = new("Row of the pixel in the survey's grid, from 0 at the bottom.", () => ParameterSchemas.Whole("int32", 0)),
        [(ParameterLocation.Path, "job")] = new("Key of the job, as the answer to its opening has it.", () => ParameterSchemas.Text("^[0-9a-f]{32}$")),
        [(ParameterLocation.Path, "dataset")] = new("Place of the dataset in the job's list, from 0.", () => ParameterSchemas.Whole("int32", 0, ComputeRequest.MostDatasets - 1)),
        [(ParameterLocation.Query, "map")] = new("Name of one of the survey's maps; without it, the first that /info lists.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Query, "quantity")] = new("Name of a quantity of the map; /info lists those that it has.", () => Quantity("sqrt_ts")),
        [(ParameterLocation.Query, "energy")] = new(
            "Energy bin of the quantity: its number from 0, or an energy in it, as 2 TeV. Without it, the first bin; a tile's FITS file then has all bins.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Query, "slice")] = new(
            "Name of one of the survey's slices: all observations, or the last nights, as 7d. /info lists them.", () => ParameterSchemas.Text("^(all|[1-9][0-9]*d)$", null, SliceWindow.All)),
        [(ParameterLocation.Query, "fresh")] = new(
            "Whether to wait for an answer of the newest stacks. Without it, the newest answer that is published is given at once.", ParameterSchemas.Flag),
        [(ParameterLocation.Query, "timeout")] = new(
            "Seconds to wait for what is being computed; the answer 202 says that it took longer. With fresh, 30 without it.", () => ParameterSchemas.Number(NumberParameter.TimeoutS)),
        [(ParameterLocation.Query, "frame")] = new("Frame of the position in the address.", () => ParameterSchemas.Word(["icrs", "galactic"], "icrs")),
        [(ParameterLocation.Query, "colormap_name")] = new("Colours of the picture; without it, those of the quantity.", () => ParameterSchemas.Word(Colormap.All.Select(map => map.Name))),
        [(ParameterLocation.Query, "stretch")] = new(
            "How values become places in the colours; without it, as the quantity has it.", () => ParameterSchemas.Word(Enum.GetNames<Stretch>().Select(RequestFaults.Word))),
        [(ParameterLocation.Query, "rescale")] = new(
            "MIN,MAX: the values at the ends of the colours, in the quantity's unit. Without it, percentiles of the values.", () => ParameterSchemas.Text("^[^,]+,[^,]+$")),
        [(ParameterLocation.Query, "min_sqrt_ts")] = new("Weakest candidate: its square root of TS.", () => ParameterSchemas.Number(NumberParameter.MinSqrtTs)),
        [(ParameterLocation.Query, "min_separation")] = new(
            "Degrees: of two candidates of an energy bin that are closer, the weaker is left out.", () => ParameterSchemas.Number(NumberParameter.MinSeparationDeg)),
        [(ParameterLocation.Query, "after")] = new(
            "Where the page before ended. The header Link of that page has the whole address of the next one.", () => ParameterSchemas.Text(longest: 1000)),
        [(ParameterLocation.Query, "limit")] = new(
            "Most entries of the page.", () => ParameterSchemas.Whole("int32", 1, Page<Candidate>.MaxItems, Page<Candidate>.MaxItems)),
        [(ParameterLocation.Query, "state")] = new("Only observations in this state.", () => ParameterSchemas.Word(Enum.GetNames<ObservationState>().Select(RequestFaults.Word))),
        [(ParameterLocation.Query, WebhookKey.Parameter)] = new("The key for events, where it is not in the header: Event Grid keeps addresses secret.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Header, WebhookKey.Header)] = new("The key for events.", () => ParameterSchemas.Text()),
        [(ParameterLocation.Header, "Idempotency-Key")] = new("The same text for every repetition of one request; it appears in the reason.", () => ParameterSchemas.Text(longest: 255)),
        [(ParameterLocation.Header, "Last-Event-ID")] = new("Id of the last event that the client has seen; what came after it is sent again.", () => ParameterSchemas.Text()),
    };

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            if (parameter.In is { } location && Known.TryGetValue((location, parameter.Name ?? ""), out var entry)) (parameter.Description, parameter.Schema) = (entry.Description, entry.Schema());
        return Task.CompletedTask;
    }

    private static OpenApiSchema Quantity() => Quantity(null);

    private static OpenApiSchema Quantity(string? otherwise) => ParameterSchemas.Word(QuantityLabels.Names, otherwise);

    private sealed record Entry(string Description, Func<OpenApiSchema> Schema);
}
