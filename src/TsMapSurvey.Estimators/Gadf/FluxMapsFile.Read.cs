using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

public static partial class FluxMapsFile
{
    private static readonly string[] FluxTypes = [.. FluxKind.All.Skip(1).Select(kind => kind.Name)];

    /// <summary>
    /// Reads FluxMaps that were written by this library or by any estimator of gammapy, with any SED_TYPE. The model is read from the YAML
    /// file in the same folder that MODEL names, or from the COMMENT cards. Without them it is a power law of index 2, as in gammapy, with
    /// a warning. If the file has no sqrt_ts, it is computed from TS and the sign of the norm.
    /// </summary>
    /// <exception cref="MapException">The file does not contain FluxMaps.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static FluxMaps Read(string path)
    {
        using var file = FitsFile.Open(path);
        var warnings = new List<string>();
        return Read(file, ReferenceModel.Find(file, path, warnings), warnings);
    }

    /// <summary>Reads an open file, without a model file beside it.</summary>
    /// <param name="model">The model that norms are relative to; null to read it from the COMMENT cards.</param>
    public static FluxMaps Read(FitsFile file, SkyModel? model = null)
    {
        var warnings = new List<string>();
        return Read(file, model ?? ReferenceModel.Find(file, null, warnings), warnings);
    }

    private static FluxMaps Read(FitsFile file, SkyModel? model, List<string> warnings)
    {
        if (model is null)
            warnings.Add(
                $"{file.Name}{(warnings.Count > 0 ? "" : " has no model")}: as in gammapy, fluxes are those of a power law of index 2");
        model ??= SkyModel.Default;
        var type = file.Hdus[0].Header.GetString("SED_TYPE")?.Trim() ?? "likelihood";
        if (type != "likelihood" && !FluxTypes.Contains(type))
            throw MapErrors.Unsupported(file.Name, $"SED_TYPE '{type}'", $"likelihood, {string.Join(", ", FluxTypes)}");
        var first = First(file, type == "likelihood" ? "norm" : type);
        var maps = new Dictionary<string, Map<double>>();
        // Images with further axes (STAT_SCAN) do not have the geometry of the maps.
        foreach (var hdu in file.Hdus.OfType<FitsImage>().Where(hdu => hdu.Axes.SequenceEqual(first.Axes)))
            maps[hdu.Name.ToLowerInvariant()] = MapReader.Read(file, hdu);
        var geometry = maps[first.Name.ToLowerInvariant()].Geometry;
        if (geometry.Axes is not [{ Name: "energy" }])
            throw MapErrors.Unsupported(HduPlace.Of(file, first), geometry.Axes.Count == 0
                ? "no energy axis" : $"the axes {string.Join(", ", geometry.Axes.Select(axis => axis.Name))}", "one axis, energy");
        foreach (var name in maps.Keys.Where(name => name == type || name.StartsWith($"{type}_", StringComparison.Ordinal)).ToArray())
            maps[$"norm{name[type.Length..]}"] = ToNorm(maps[name], model, FluxKind.Find(type)!, $"{file.Name}, {name}");
        foreach (var name in maps.Keys.Where(name => FluxTypes.Contains(name.Split('_')[0])).ToArray()) maps.Remove(name);
        if (maps.TryGetValue("ts", out var ts) && !maps.ContainsKey("norm") && !maps.ContainsKey("sqrt_ts"))
        {
            maps["sqrt_ts"] = new Map<double>(geometry, Array.ConvertAll(ts.Data, value => Math.Sqrt(Math.Max(value, 0))));
            warnings.Add($"{file.Name} has TS but no norm: sqrt_ts is the square root of TS, without the sign of the norm");
        }

        var header = file.Hdus[0].Header;
        return new FluxMaps(
            geometry, maps, model, header.GetDouble("N_SIGMA") ?? 1, header.GetDouble("N_SIG_UL") ?? 2,
            file.Find("GTI") is FitsTable gti ? GtiTable.ReadForMaps(file, gti) : null, [.. file.Warnings, .. warnings])
        {
            KernelWidthDeg = header.GetDouble(KernelWidth),
        };
    }

    /// <summary>The map that defines the geometry of all maps.</summary>
    private static FitsImage First(FitsFile file, string main)
    {
        foreach (var name in new[] { main, "sqrt_ts", "ts" })
            if (file.Find(name) is FitsImage image) return image;
        HealPix.Refuse(file);
        throw MapErrors.MissingMap(file.Name, $"image {main.ToUpperInvariant()}, SQRT_TS or TS", "a file of FluxMaps");
    }

    private static Map<double> ToNorm(Map<double> map, SkyModel model, FluxKind kind, string what)
    {
        var scale = MapUnits.Factor(what, map.Unit, kind.Unit);
        var norm = new Map<double>(map.Geometry);
        var edges = map.Geometry.Axes[0].Edges;
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
        {
            var ofNorm = scale / kind.OfModel(model, edges[plane], edges[plane + 1]);
            var (first, end) = (plane * map.Geometry.PlaneLength, (plane + 1) * map.Geometry.PlaneLength);
            for (var i = first; i < end; i++) norm.Data[i] = map.Data[i] * ofNorm;
        }

        return norm;
    }
}
