using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>An existing survey. Translates text from requests into checked ids.</summary>
internal sealed class KnownSurvey(SurveyInfo info, Survey survey)
{
    public SurveyInfo Info { get; } = info;

    public Survey Survey { get; } = survey;

    public string Name => Survey.Name;

    /// <summary>Null if the tiles are not parts of one image.</summary>
    public IMosaicGrid? Mosaic => Survey.Tiling as IMosaicGrid;

    /// <summary>The position of a tile's image in the survey's; (0, 0) if there is no common image.</summary>
    public PixelRegion RegionOf(TileId tile) => Mosaic?.RegionOf(tile) ?? Survey.GridOf(tile).Region;

    /// <summary>
    /// The pixel of a position in the survey's image, or in its tile's if there is no common image. Null outside the survey.
    /// </summary>
    public (int X, int Y)? PixelOf(SkyPosition position)
    {
        if (Survey.Tiling.Owner(position) is not { } pixel) return null;
        var place = RegionOf(pixel.Tile);
        return (place.X + pixel.X, place.Y + pixel.Y);
    }

    /// <summary>The energy axis of a quantity: the map's bins, or the survey's reconstructed energy for sums of the stack.</summary>
    public MapAxis Axis(string map, string quantity) =>
        QuantityNames.IsSummed(quantity) ? Survey.Energy : EnergyGroups.Create(Survey.Energy, Survey.Maps[map]).Axis;

    /// <summary>Parses a bin number, counted from 0, or an energy such as 2 TeV inside a bin; null if the parameter is absent.</summary>
    public static int? EnergyBin(Parameters parameters, string? text, MapAxis axis)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.All(char.IsAsciiDigit)) return parameters.Integer("energy", text, 0, 0, axis.BinCount - 1);
        var energyTeV = parameters.Try<MapException, double>(() => Maps.Units.Quantity.Parse(text).In("TeV", "energy"));
        for (var bin = 0; bin < axis.BinCount; bin++)
            if (energyTeV >= axis.Edges[bin] && energyTeV < axis.Edges[bin + 1]) return bin;
        parameters.Wrong("energy", text, FormattableString.Invariant(
            $"a bin from 0 to {axis.BinCount - 1}, or an energy from {axis.Edges[0]:g4} to {axis.Edges[^1]:g4} TeV"));
        return null;
    }
}
