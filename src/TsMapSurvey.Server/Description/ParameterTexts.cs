using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TsMapSurvey.Contracts;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Hosting;
using static TsMapSurvey.Server.Description.ParameterSchemas;

namespace TsMapSurvey.Server.Description;

/// <summary>What each parameter of the API means and may be: written once, and true for every operation that takes it.</summary>
internal static class ParameterTexts
{
    private const string QuantityText = "Name of a quantity of the map; /info lists those that it has.";

    private static readonly Dictionary<(ParameterLocation In, string Name), Entry> Known = new()
    {
        [Path("survey")] = new("Name of the survey.", () => Text()),
        [Path("tile")] = new("Name of the tile: its column and row in the survey's tiling, from 0.", () => Text("^x[0-9]{3,}y[0-9]{3,}$")),
        [Path("map")] = new("Name of one of the survey's maps; /info lists them.", () => Text()),
        [Path("quantity")] = new(QuantityText, () => Quantity(null)),
        [Path("revision")] = new("Revision of the tile's stack.", () => Whole("int64", 1)),
        [Path("name")] = new("Name of the observation: its file below the survey's folder of observations.", () => Text(longest: 1000)),
        [Path("ra")] = new(
            "Right ascension in degrees, ICRS; with frame=galactic the galactic longitude.", () => Number(NumberParameter.LongitudeDeg)),
        [Path("dec")] =
            new("Declination in degrees, ICRS; with frame=galactic the galactic latitude.", () => Number(NumberParameter.LatitudeDeg)),
        [Path("x")] = new("Column of the pixel in the survey's grid, from 0 at the left.", () => Whole("int32", 0)),
        [Path("y")] = new("Row of the pixel in the survey's grid, from 0 at the bottom.", () => Whole("int32", 0)),
        [Path("job")] = new("Key of the job, as the answer to its opening has it.", () => Text("^[0-9a-f]{32}$")),
        [Path("dataset")] =
            new("Place of the dataset in the job's list, from 0.", () => Whole("int32", 0, ComputeRequest.MostDatasets - 1)),
        [Query("map")] = new("Name of one of the survey's maps; without it, the first that /info lists.", () => Text()),
        [Query("quantity")] = new(QuantityText, () => Quantity("sqrt_ts")),
        [Query("energy")] = new(
            "Energy bin of the quantity: its number from 0, or an energy in it, as 2 TeV. Without it, the first bin; a tile's FITS file "
                + "then has all bins.",
            () => Text()),
        [Query("slice")] = new(
            "Name of one of the survey's slices: all observations, or the last nights, as 7d. /info lists them.",
            () => Text("^(all|[1-9][0-9]*d)$", null, SliceWindow.All)),
        [Query("fresh")] = new(
            "Whether to wait for an answer of the newest stacks. Without it, the newest answer that is published is given at once.", Flag),
        [Query("timeout")] = new(
            "Seconds to wait for what is being computed; the answer 202 says that it took longer. With fresh, 30 without it.",
            () => Number(NumberParameter.TimeoutS)),
        [Query("frame")] = new("Frame of the position in the address.", () => Word(["icrs", "galactic"], "icrs")),
        [Query("colormap_name")] =
            new("Colours of the picture; without it, those of the quantity.", () => Word(Colormap.All.Select(map => map.Name))),
        [Query("stretch")] = new("How values become places in the colours; without it, as the quantity has it.", Names<Stretch>),
        [Query("rescale")] = new(
            "MIN,MAX: the values at the ends of the colours, in the quantity's unit. Without it, percentiles of the values.", () =>
                Text("^[^,]+,[^,]+$")),
        [Query("min_sqrt_ts")] = new("Weakest candidate: its square root of TS.", () => Number(NumberParameter.MinSqrtTs)),
        [Query("min_separation")] = new(
            "Degrees: of two candidates of an energy bin that are closer, the weaker is left out.", () =>
                Number(NumberParameter.MinSeparationDeg)),
        [Query("after")] = new(
            "Where the page before ended. The header Link of that page has the whole address of the next one.", () => Text(longest: 1000)),
        [Query("limit")] = new("Most entries of the page.", () => Whole("int32", 1, Page<Candidate>.MaxItems, Page<Candidate>.MaxItems)),
        [Query("state")] = new(
            "Only observations in these states, separated by commas: "
                + $"{string.Join(", ", Enum.GetNames<ObservationState>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.",
            () => Text("^[A-Za-z]+(,[A-Za-z]+)*$")),
        [Query(WebhookKey.Parameter)] =
            new("The key for events, where it is not in the header: Event Grid keeps addresses secret.", () => Text()),
        [Header(WebhookKey.Header)] = new("The key for events.", () => Text()),
        [Header("Idempotency-Key")] =
            new("The same text for every repetition of one request; it appears in the reason.", () => Text(longest: 255)),
        [Header("Last-Event-ID")] = new("Id of the last event that the client has seen; what came after it is sent again.", () => Text()),
    };

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In is not { } location || !Known.TryGetValue((location, parameter.Name ?? ""), out var entry)) continue;
            (parameter.Description, parameter.Schema) = (entry.Description, entry.Schema());
        }

        return Task.CompletedTask;
    }

    private static (ParameterLocation In, string Name) Path(string name) => (ParameterLocation.Path, name);

    private static (ParameterLocation In, string Name) Query(string name) => (ParameterLocation.Query, name);

    private static (ParameterLocation In, string Name) Header(string name) => (ParameterLocation.Header, name);

    private static OpenApiSchema Quantity(string? otherwise) => Word(QuantityLabels.Names, otherwise);

    private static OpenApiSchema Names<T>()
        where T : struct, Enum => Word(Enum.GetNames<T>().Select(RequestErrors.Word));

    private sealed record Entry(string Description, Func<OpenApiSchema> Schema);
}
