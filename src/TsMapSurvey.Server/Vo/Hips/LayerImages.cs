using TsMapSurvey.Estimators;
using TsMapSurvey.Hips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Api.Tiles;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Layers;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>
/// One image of a tile of the survey, row by row from the bottom, NaN in pixels that the tile does not own; of a cube one for each energy
/// bin, from the lowest.
/// </summary>
internal sealed record LayerImage(double[] Values, string Unit);

/// <summary>
/// Reads a layer's image of a tile from what the tile has published. Only the image is kept: the file has more quantities.
/// </summary>
internal sealed class LayerImages(PublishedMaps published, ByteCache cache)
{
    /// <param name="blob">The tile's map, or its stack.</param>
    /// <exception cref="DamagedBlobException">The blob is missing or damaged.</exception>
    public Task<LayerImage> GetAsync(
        KnownSurvey survey, SurveyLayer layer, TileId tile, string blob, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"{blob}/{layer.Name}",
            () => QuantityNames.IsOfStack(layer.Quantity) ? OfStackAsync(survey, layer, tile, blob) : OfMapAsync(survey, layer, blob),
            image => sizeof(double) * image.Values.Length, cancellationToken);

    /// <summary>The images of all tiles of the survey that are in a HiPS tile.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<OwnedImages> OwnedAsync(HipsVersion version, HealpixCell cell, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(HipsVersion.WithPixels(version.PartsIn(cell)).Select(async part =>
            (part.Tile, Image: await GetAsync(version.Survey, version.Layer, part.Tile, part.Blob, cancellationToken))));
        return new OwnedImages(version.Survey.Survey.Tiling, read.ToDictionary(one => one.Tile, one => one.Image.Values));
    }

    private async Task<LayerImage> OfMapAsync(KnownSurvey survey, SurveyLayer layer, string blob)
    {
        var options = survey.Survey.Maps[layer.Map];
        var maps = await published.FluxMapsAsync(blob, options, CancellationToken.None);
        var map = maps.Find(layer.Quantity) ?? throw SurveyErrors.UnknownQuantity(layer.Quantity, QuantityNames.Of(options));
        return new LayerImage(layer.Cube is null ? map.Plane(layer.Bin).ToArray() : [.. map.Data], map.Unit);
    }

    private async Task<LayerImage> OfStackAsync(KnownSurvey survey, SurveyLayer layer, TileId tile, string blob)
    {
        var owned = survey.Survey.OwnedPixels(tile);
        var stack = await published.StackAsync(blob, CancellationToken.None);
        if (layer.Cube is not null) return new LayerImage(CubeOf(stack, layer, owned), "count");
        var isExposure = QuantityNames.IsExposure(layer.Quantity);
        var values = isExposure ? BandExposure.Of(stack, survey.Survey.Maps[layer.Map], layer.Bin, owned.Box)
            : StackPlane.Of(stack, layer.Quantity, layer.FirstBin, owned.Box);
        for (var bin = layer.FirstBin + 1; bin <= layer.LastBin && !isExposure; bin++)
        {
            var further = StackPlane.Of(stack, layer.Quantity, bin, owned.Box);
            for (var i = 0; i < values.Length; i++) values[i] += further[i];
        }

        owned.Blank(values);
        return new LayerImage(values, isExposure ? QuantityNames.ExposureUnit : "count");
    }

    private static double[] CubeOf(MapDataset stack, SurveyLayer layer, OwnedRegion owned)
    {
        var (size, values) = (owned.Box.Area, new double[(layer.LastBin + 1) * owned.Box.Area]);
        for (var bin = 0; bin <= layer.LastBin; bin++)
        {
            var plane = StackPlane.Of(stack, layer.Quantity, bin, owned.Box);
            owned.Blank(plane);
            plane.CopyTo(values.AsSpan((int)(bin * size)));
        }

        return values;
    }
}
