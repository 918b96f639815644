using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Surveys;

/// <summary>A survey that is there, and what of it can be asked for: words from outside go in, checked ids come out.</summary>
internal sealed class KnownSurvey(SurveyInfo info, Survey survey)
{
    public SurveyInfo Info { get; } = info;

    public Survey Survey { get; } = survey;

    public string Name => Survey.Name;

    /// <summary>Null where the tiles are cut of no one image.</summary>
    public IMosaicGrid? Mosaic => Survey.Tiling as IMosaicGrid;

    /// <summary>Where a tile's image lies in the survey's; without one, from (0, 0) on.</summary>
    public PixelRegion PlaceOf(TileId tile) => Mosaic?.PlaceOf(tile) ?? Survey.GridOf(tile).Region;

    /// <summary>The pixel of a position in the survey's image; without one, in its tile's. Null outside the survey.</summary>
    public (int X, int Y)? PixelOf(SkyPosition position)
    {
        if (Survey.Tiling.Owner(position) is not { } pixel) return null;
        var place = PlaceOf(pixel.Tile);
        return (place.X + pixel.X, place.Y + pixel.Y);
    }

    /// <summary>The energy axis of a quantity: a map's bins, or the survey's reconstructed energy for what is summed up.</summary>
    public MapAxis Axis(string map, string quantity) =>
        QuantityNames.IsSummed(quantity) ? Survey.Energy : EnergyGroups.Create(Survey.Energy, Survey.Maps[map]).Axis;

    /// <summary>
    /// The bin that a whole number counts (from 0) or that an energy, like 2 TeV, falls into; null where none is asked for.
    /// </summary>
    public static int? EnergyBin(Parameters parameters, string? text, MapAxis axis)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.All(char.IsAsciiDigit)) return parameters.Whole("energy", text, 0, 0, axis.BinCount - 1);
        var energyTeV = parameters.Try<MapException, double>(() => Maps.Units.Quantity.Parse(text).In("TeV", "energy"));
        for (var bin = 0; bin < axis.BinCount; bin++)
            if (energyTeV >= axis.Edges[bin] && energyTeV < axis.Edges[bin + 1]) return bin;
        parameters.Wrong("energy", text, FormattableString.Invariant(
            $"a bin from 0 to {axis.BinCount - 1}, or an energy from {axis.Edges[0]:g4} to {axis.Edges[^1]:g4} TeV"));
        return null;
    }
}
