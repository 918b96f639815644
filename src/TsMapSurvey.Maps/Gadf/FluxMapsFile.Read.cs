using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Models;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

public static partial class FluxMapsFile
{
    private static readonly string[] FluxTypes = ["dnde", "flux", "eflux", "e2dnde"];

    /// <summary>
    /// FluxMaps that this library or gammapy wrote, of any SED_TYPE. The model is the YAML file of the name in MODEL, beside the file; else the COMMENT cards; else, as
    /// gammapy has it, a power law of index 2, with a warning.
    /// </summary>
    /// <exception cref="MapException">There are no such maps in the file, or a model that cannot be used.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static FluxMaps Read(string path)
    {
        using var file = FitsFile.Open(path);
        return Read(file, ReferenceModel.Beside(path, file.Hdus[0].Header) ?? ReferenceModel.Inside(file));
    }

    /// <summary>The same of an open file; nothing beside it is looked for.</summary>
    /// <param name="model">The model of norm 1; null: what the file says of it.</param>
    public static FluxMaps Read(FitsFile file, SkyModel? model = null)
    {
        model ??= ReferenceModel.Inside(file);
        var warnings = new List<string>();
        if (model is null) warnings.Add($"{file.Name} comes without its model: fluxes are those of a power law of index 2, as gammapy takes it then");
        model ??= SkyModel.Default;
        var type = file.Hdus[0].Header.GetString("SED_TYPE")?.Trim() ?? "likelihood";
        if (type != "likelihood" && !FluxTypes.Contains(type))
            throw MapErrors.Unsupported(file.Name, $"SED_TYPE '{type}'", $"likelihood, {string.Join(", ", FluxTypes)}");
        var main = type == "likelihood" ? "norm" : type;
        var first = file.Find(main) as FitsImage ?? file.Find("sqrt_ts") as FitsImage
            ?? throw MapErrors.MissingMap(file.Name, $"image {main.ToUpperInvariant()} or SQRT_TS", "a file of FluxMaps");
        var maps = new Dictionary<string, Map<double>>();
        // What has further axes (STAT_SCAN) is no map of this geometry.
        foreach (var hdu in file.Hdus.OfType<FitsImage>().Where(hdu => hdu.Axes.SequenceEqual(first.Axes)))
            maps[hdu.Name.ToLowerInvariant()] = MapReader.Read(file, hdu);
        var geometry = maps[first.Name.ToLowerInvariant()].Geometry;
        if (geometry.Axes is not [{ Name: "energy" }])
            throw MapErrors.Unsupported(HduPlace.Of(file, first), $"the axes ({string.Join(", ", geometry.Axes.Select(axis => axis.Name))})", "one axis, energy");
        foreach (var name in maps.Keys.Where(name => name == type || name.StartsWith($"{type}_", StringComparison.Ordinal)).ToArray())
            maps[$"norm{name[type.Length..]}"] = ToNorm(maps[name], model, type, $"{file.Name}, {name}");
        foreach (var name in maps.Keys.Where(name => FluxTypes.Contains(name.Split('_')[0])).ToArray()) maps.Remove(name);
        var header = file.Hdus[0].Header;
        return new FluxMaps(
            geometry, maps, model, header.GetDouble("N_SIGMA") ?? 1, header.GetDouble("N_SIG_UL") ?? 2,
            file.Find("GTI") is FitsTable gti ? GtiTable.Read(file, gti) : null, warnings)
        {
            KernelWidthDeg = header.GetDouble(KernelWidth),
        };
    }

    private static Map<double> ToNorm(Map<double> map, SkyModel model, string kind, string what)
    {
        var (factor, unit) = FluxMaps.Conversion(model, kind)!.Value;
        var scale = Unit.Parse(map.Unit).To(Unit.Parse(unit), what);
        var norm = new Map<double>(map.Geometry);
        var edges = map.Geometry.Axes[0].Edges;
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
        {
            var ofNorm = scale / factor(edges[plane], edges[plane + 1]);
            var (first, end) = (plane * map.Geometry.PlaneLength, (plane + 1) * map.Geometry.PlaneLength);
            for (var i = first; i < end; i++) norm.Data[i] = map.Data[i] * ofNorm;
        }

        return norm;
    }
}
