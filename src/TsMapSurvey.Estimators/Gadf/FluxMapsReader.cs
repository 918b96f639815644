using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>FluxMaps from files as <see cref="FluxMapsFile"/> writes them, value for value.</summary>
public static class FluxMapsReader
{
    /// <param name="options">That the maps were made with: a file names its model, but does not always hold it.</param>
    /// <param name="warnings">What was to be told of the maps; files do not hold it.</param>
    /// <exception cref="MapException">There is no map of the norm in it.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static FluxMaps Read(FitsFile file, TsMapOptions options, IReadOnlyList<string> warnings)
    {
        var maps = new Dictionary<string, Map<double>>();
        foreach (var image in file.Hdus.OfType<FitsImage>().Where(image => image.Count > 0))
            maps[image.Name.ToLowerInvariant()] = MapReader.Read(file, image);
        if (!maps.TryGetValue("norm", out var norm))
            throw MapErrors.Unsupported(
                file.Name, maps.Count == 0 ? "no image" : $"the images {string.Join(", ", maps.Keys)}", "FluxMaps with a norm");
        var gti = file.Find("GTI") is FitsTable table ? GtiTable.ReadOfMaps(file, table) : null;
        return new FluxMaps(norm.Geometry, maps, options.Model, options.NSigma, options.NSigmaUl, gti, warnings)
        { KernelWidthDeg = file.Hdus[0].Header.GetDouble(FluxMapsFile.KernelWidth) };
    }
}
