using System.Text.Json;
using TsMapSurvey.Estimators;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Surveys;

/// <param name="Text">The title of the quantity with its unit.</param>
/// <param name="OfStack">Whether it is a sum of the stack and equal for every map. False for the exposure.</param>
internal sealed record QuantityAnswer(string Name, string Text, bool OfStack);

/// <param name="EnergyEdgesTeV">Edges of the map's energy bins in TeV.</param>
/// <param name="Cubes">The quantities of which there is a HiPS cube.</param>
internal sealed record MapAnswer(
    string Name, string Spatial, double Index, IReadOnlyList<double> EnergyEdgesTeV, IReadOnlyList<QuantityAnswer> Quantities,
    IReadOnlyList<string> Cubes);

/// <summary>Describes a survey.</summary>
/// <param name="Width">Pixels of the survey's grid; 0, like the tiles' columns, rows and pixels, if it has no common grid.</param>
/// <param name="HaloPixels">Width of the halo around a tile's own pixels.</param>
/// <param name="Slices">The slices for which maps can be requested.</param>
/// <param name="Definition">As in survey.json.</param>
internal sealed record InfoAnswer(
    string Name, string Frame, double PixelSizeDeg, int Width, int Height, int TilePixels, int TileColumns, int TileRows, int HaloPixels,
    IReadOnlyList<MapAnswer> Maps, IReadOnlyList<string> Slices, JsonElement Definition)
{
    public static InfoAnswer Of(KnownSurvey known)
    {
        var (survey, info, mosaic) = (known.Survey, known.Info, known.Mosaic);
        return new InfoAnswer(
            info.Name, RequestErrors.CamelCase(survey.Tiling.Frame.ToString()), survey.Tiling.PixelScaleDeg,
            mosaic?.Grid.Width ?? 0, mosaic?.Grid.Height ?? 0, mosaic?.TilePixels ?? 0, mosaic?.Columns ?? 0, mosaic?.Rows ?? 0,
            survey.HaloPixels,
            [
                .. from map in survey.Definition.Maps
                   let options = survey.Maps[map.Key]
                   select new MapAnswer(map.Key, map.Value.Spatial, map.Value.Index,
                       EnergyGroups.Create(survey.Energy, options).Axis.Edges, [.. QuantityNames.Of(options).Select(Quantity)],
                       [.. survey.Layers.Where(layer => layer.Cube is not null && layer.Map == map.Key).Select(layer => layer.Quantity)]),
            ],
            [.. survey.Slices.Select(slice => slice.Name)],
            JsonDocument.Parse(info.Definition).RootElement);
    }

    private static QuantityAnswer Quantity(string name) => new(name, QuantityLabels.Of(name).WithUnit(), QuantityNames.IsSummed(name));
}
