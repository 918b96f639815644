using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>FluxMaps FITS (formats 4.2): one ImageHDU per quantity, upper case, SED_TYPE likelihood; gammapy's reader opens it.</summary>
public static partial class FluxMapsFile
{
    /// <summary>Stored as integers, as gammapy casts them on reading.</summary>
    private static readonly string[] Integers = ["success", "status"];

    /// <summary>
    /// Writes the maps, and the model in gammapy's YAML beside them as PATH_model.yaml; the keyword MODEL has its full path.
    /// </summary>
    public static void Write(string path, FluxMaps maps)
    {
        var model = ModelPath(path);
        File.WriteAllText(model, SkyModelYaml.Write(maps.Model));
        FitsWriter.Write(path, writer => Write(writer, maps, model));
    }

    /// <param name="modelPath">
    /// What MODEL says: gammapy opens it as it stands, from the current directory where it is relative, and fails where it is missing.
    /// Null, for maps that travel alone, leaves MODEL out and puts the YAML into COMMENT cards, which gammapy passes over. Such a file
    /// counts its extensions, so that a cut one is found.
    /// </param>
    public static void Write(FitsWriter writer, FluxMaps maps, string? modelPath)
    {
        var primary = Primary(maps, modelPath);
        if (modelPath is null) primary.Set(FitsFile.ExtensionCount, maps.Stored.Sum(name => MapWriter.HduCount(maps.Find(name)!.Geometry))
            + (maps.Gti is null ? 0 : 1), "extensions");
        writer.WriteEmptyPrimary(primary);
        foreach (var name in maps.Stored) MapWriter.Write(writer, name.ToUpperInvariant(), maps.Find(name)!, TypeOf(name));
        if (maps.Gti is { } gti) GtiTable.Write(writer, gti);
    }

    /// <summary>The keyword of <see cref="FluxMaps.KernelWidthDeg"/>.</summary>
    internal const string KernelWidth = "KERWIDTH";

    /// <summary>gammapy's name for it, with slashes and from the root on: so gammapy finds it whichever folder it is started in.</summary>
    internal static string ModelPath(string path) => $"{Path.GetFullPath(path).Replace(Path.DirectorySeparatorChar, '/')}_model.yaml";

    internal static FitsElementType TypeOf(string quantity) => Integers.Contains(quantity) ? FitsElementType.Int16 : FitsElementType.Double;

    internal static FitsHeader Primary(FluxMaps maps, string? modelPath)
    {
        var primary = new FitsHeader();
        primary.Set("SED_TYPE", "likelihood");
        if (modelPath is not null) primary.Set("MODEL", modelPath);
        primary.Set("N_SIGMA", maps.NSigma, "confidence of the errors");
        primary.Set("N_SIG_UL", maps.NSigmaUl, "confidence of the upper limits");
        if (maps.KernelWidthDeg is { } width) primary.Set(KernelWidth, width, "[deg] the widest kernel of the fits");
        primary.Set("CREATOR", "TsMapSurvey");
        if (modelPath is null) AddModel(primary, maps.Model);
        return primary;
    }

    private static void AddModel(FitsHeader primary, SkyModel model)
    {
        primary.AddComment("The model of norm 1, in gammapy's YAML:");
        foreach (var line in SkyModelYaml.Write(model).Split('\n', StringSplitOptions.RemoveEmptyEntries)) primary.AddComment(line);
    }
}
