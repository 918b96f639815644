using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

public static partial class FluxMapsFile
{
    private static readonly string[] FluxTypes = [.. FluxKind.All.Skip(1).Select(kind => kind.Name)];

    /// <summary>
    /// FluxMaps that this library or gammapy wrote, by whichever estimator and of any SED_TYPE. The model is the YAML file of the name in
    /// MODEL, beside the file; else the COMMENT cards; else, as gammapy has it, a power law of index 2, with a warning. sqrt_ts is that of
    /// the file, else computed from TS and the sign of the norm.
    /// </summary>
    /// <exception cref="MapException">There are no such maps in the file.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static FluxMaps Read(string path)
    {
        using var file = FitsFile.Open(path);
        var warnings = new List<string>();
        return Read(file, ReferenceModel.Find(file, path, warnings), warnings);
    }

    /// <summary>The same of an open file; nothing beside it is looked for.</summary>
    /// <param name="model">The model of norm 1; null: what the file says of it.</param>
    public static FluxMaps Read(FitsFile file, SkyModel? model = null)
    {
        var warnings = new List<string>();
        return Read(file, model ?? ReferenceModel.Find(file, null, warnings), warnings);
    }

    private static FluxMaps Read(FitsFile file, SkyModel? model, List<string> warnings)
    {
        if (model is null)
            warnings.Add(
                $"{file.Name}{(warnings.Count > 0 ? "" : " comes without its model")}: fluxes are those of a power law of index 2, as "
                + "gammapy takes it then");
        model ??= SkyModel.Default;
        var type = file.Hdus[0].Header.GetString("SED_TYPE")?.Trim() ?? "likelihood";
        if (type != "likelihood" && !FluxTypes.Contains(type))
            throw MapErrors.Unsupported(file.Name, $"SED_TYPE '{type}'", $"likelihood, {string.Join(", ", FluxTypes)}");
        var first = First(file, type == "likelihood" ? "norm" : type);
        var maps = new Dictionary<string, Map<double>>();
        // What has further axes (STAT_SCAN) is no map of this geometry.
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
            warnings.Add($"{file.Name} has TS without a norm: sqrt_ts is its root, without the sign of the norm");
        }

        var header = file.Hdus[0].Header;
        return new FluxMaps(
            geometry, maps, model, header.GetDouble("N_SIGMA") ?? 1, header.GetDouble("N_SIG_UL") ?? 2,
            file.Find("GTI") is FitsTable gti ? GtiTable.ReadOfMaps(file, gti) : null, [.. file.Warnings, .. warnings])
        {
            KernelWidthDeg = header.GetDouble(KernelWidth),
        };
    }

    /// <summary>The map whose geometry is that of all.</summary>
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
