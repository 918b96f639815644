using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server;

/// <summary>A survey that is there, and what of it can be asked for: words from outside go in, checked ids come out.</summary>
internal sealed class KnownSurvey(SurveyInfo info, Survey survey)
{
    public SurveyInfo Info { get; } = info;

    public Survey Survey { get; } = survey;

    public string Name => Survey.Name;

    public SkyGrid Grid => Survey.Tiling.Grid;

    /// <exception cref="RequestException">404.</exception>
    public TileId Tile(string text) =>
        TileId.TryParse(text, null, out var tile) && tile.X < Survey.Tiling.Columns && tile.Y < Survey.Tiling.Rows
            ? tile : throw RequestErrors.UnknownTile(text, Survey.Tiling.Columns, Survey.Tiling.Rows);

    /// <summary>The survey's first map where none is named.</summary>
    /// <exception cref="RequestException">404.</exception>
    public string Map(string? text) =>
        string.IsNullOrEmpty(text) ? Info.Maps[0] : Info.Maps.Contains(text) ? text : throw RequestErrors.UnknownMap(text, Info.Maps);

    /// <summary>All where none is named.</summary>
    /// <exception cref="RequestException">404.</exception>
    public string Slice(string? text) =>
        string.IsNullOrEmpty(text) ? SliceWindow.All : Survey.Slices.Any(slice => slice.Name == text) ? text : throw RequestErrors.UnknownSlice(text, Survey.Slices.Select(slice => slice.Name));

    /// <summary>The quantity under its own name, however its letters are written.</summary>
    /// <exception cref="RequestException">404.</exception>
    public string Quantity(string map, string text) =>
        Quantities.Of(Survey.Maps[map]).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw RequestErrors.UnknownQuantity(text, Quantities.Of(Survey.Maps[map]));

    /// <summary>The energy axis of a quantity: a map's bins, or the survey's reconstructed energy for what is summed up.</summary>
    public MapAxis Axis(string map, string quantity) =>
        Quantities.IsSummed(quantity) ? Survey.Energy : EnergyGroups.Create(Survey.Energy, Survey.Maps[map]).Axis;

    /// <summary>The bin that a whole number counts (from 0) or that an energy, like 2 TeV, falls into; null where none is asked for.</summary>
    public static int? EnergyBin(Parameters parameters, string? text, MapAxis axis)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.All(char.IsAsciiDigit)) return parameters.Whole("energy", text, 0, 0, axis.BinCount - 1);
        var energyTeV = parameters.Try<MapException, double>(() => Maps.Units.Quantity.Parse(text).In("TeV", "energy"));
        for (var bin = 0; bin < axis.BinCount; bin++)
            if (energyTeV >= axis.Edges[bin] && energyTeV < axis.Edges[bin + 1]) return bin;
        parameters.Wrong("energy", text, FormattableString.Invariant($"a bin from 0 to {axis.BinCount - 1}, or an energy from {axis.Edges[0]:g4} to {axis.Edges[^1]:g4} TeV"));
        return null;
    }
}
