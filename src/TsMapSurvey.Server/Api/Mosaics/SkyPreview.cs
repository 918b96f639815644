using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Vo.Hips2Fits;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Server.Api.Mosaics;

/// <summary>
/// A plot of a survey without an image of its own: the part of the sky that has data, sampled from the tiles. A pixel has the value of the
/// tile's pixel that contains its centre.
/// </summary>
internal static class SkyPreview
{
    /// <summary>The whole sky in Hammer-Aitoff's projection, which is 324 degrees wide and 162 high.</summary>
    private const int Width = 1300;
    private const int Height = 650;
    private const double PixelDeg = 0.25;

    /// <exception cref="RequestException">404: the quantity is no layer of the sky, or it is of a slice.</exception>
    public static async Task<IResult> AnswerAsync(
        KnownSurvey survey, SurveyLayer layer, ColorScale scale, LayerSampler sampler, CancellationToken cancellationToken)
    {
        var middle = (X: (Width + 1) / 2.0, Y: (Height + 1) / 2.0);
        var wcs = Wcs.Create(
            survey.Survey.Tiling.Frame, Projection.Ait, new SkyPosition(0, 0, survey.Survey.Tiling.Frame), middle.X, middle.Y, -PixelDeg,
            PixelDeg);
        var grid = new SkyGrid(wcs, Width, Height);
        var (values, version, unit) = await sampler.SampleAsync(survey, layer, grid, cancellationToken);
        var options = new MapPlotOptions
        {
            Quantity = layer.Quantity,
            Title = $"{survey.Name}: {layer.Map}",
            Scale = scale with { Nan = Rgba.Grey },
        };
        var png = await Task.Run(
            () => MapPlot.Png(DataExtent.Crop(new Map<double>(new MapGeometry(grid), values, unit)), options), cancellationToken);
        return new LiveText(png, MapFile.Png, version);
    }

    /// <summary>The layer of a quantity of a map in an energy bin.</summary>
    public static SurveyLayer LayerOf(KnownSurvey survey, string map, string quantity, int bin, string slice)
    {
        if (slice != SliceWindow.All) throw RequestErrors.NoPreviewOfSlice(survey.Name, slice);
        return survey.Survey.Layers.FirstOrDefault(layer => layer.Map == map && layer.Quantity == quantity && layer.Bin == bin)
            ?? throw RequestErrors.NoPreviewOf(
                survey.Name, quantity, survey.Survey.Layers.Where(layer => layer.Map == map).Select(layer => layer.Quantity).Distinct());
    }
}
