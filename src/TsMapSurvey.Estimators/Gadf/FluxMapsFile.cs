using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators.Gadf;

/// <summary>FluxMaps as FITS files that gammapy can read: one image HDU per quantity, named in upper case, SED_TYPE likelihood.</summary>
public static partial class FluxMapsFile
{
    /// <summary>Quantities that are stored as integers, since gammapy converts them to integers when reading.</summary>
    private static readonly string[] Integers = ["success", "status"];

    /// <summary>
    /// Writes the maps, and the model in gammapy's YAML as PATH_model.yaml. The keyword MODEL has the full path of the model.
    /// </summary>
    public static void Write(string path, FluxMaps maps)
    {
        var model = ModelPath(path);
        File.WriteAllText(model, SkyModelYaml.Write(maps.Model));
        FitsWriter.Write(path, writer => Write(writer, maps, model));
    }

    /// <param name="modelPath">
    /// Value of MODEL. gammapy opens this path, relative to the current directory if it is not absolute, and fails if the file is missing.
    /// Null omits MODEL and writes the YAML as COMMENT cards, which gammapy ignores, for maps without a second file. Such a file contains
    /// the number of its extensions, so that a truncated file is detected.
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

    internal const string KernelWidth = "KERWIDTH";

    /// <summary>
    /// gammapy's name of the model file, as a full path with slashes, so that gammapy finds it from any current directory.
    /// </summary>
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
