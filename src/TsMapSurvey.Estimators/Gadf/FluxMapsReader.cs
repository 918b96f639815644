using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>Reads FluxMaps that <see cref="FluxMapsFile"/> wrote, with identical values.</summary>
public static class FluxMapsReader
{
    /// <param name="options">The options that the maps were computed with; a file does not always contain its model.</param>
    /// <param name="warnings">The warnings of the maps, which files do not contain.</param>
    /// <exception cref="MapException">The file has no map of the norm.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static FluxMaps Read(FitsFile file, TsMapOptions options, IReadOnlyList<string> warnings)
    {
        var maps = new Dictionary<string, Map<double>>();
        foreach (var image in file.Hdus.OfType<FitsImage>().Where(image => image.Count > 0))
            maps[image.Name.ToLowerInvariant()] = MapReader.Read(file, image);
        if (!maps.TryGetValue("norm", out var norm))
            throw MapErrors.Unsupported(
                file.Name, maps.Count == 0 ? "no image" : $"the images {string.Join(", ", maps.Keys)}", "FluxMaps with a norm");
        var gti = file.Find("GTI") is FitsTable table ? GtiTable.ReadForMaps(file, table) : null;
        return new FluxMaps(norm.Geometry, maps, options.Model, options.NSigma, options.NSigmaUl, gti, warnings)
        { KernelWidthDeg = file.Hdus[0].Header.GetDouble(FluxMapsFile.KernelWidth) };
    }
}
