using System.Text.Json;
using System.Text.Json.Nodes;

namespace TsMapSurvey.Surveys.Json;

/// <summary>The property <c>events.given</c> of survey.json.</summary>
internal static class GivenFields
{
    private const string AFile = "a file name";

    public static readonly ObjectField Given = new(
        "given", "Exposure, backgrounds and PSF of all event lists together, for event lists without responses (Fermi-LAT).",
        "an object with exposure, backgrounds and psf");

    public static readonly TextField Exposure = new(
        "exposure", "A cube of effective area times time at energies (gtexpcube2), on an image or on HEALPix cells.", AFile)
    { Pattern = "\\S", Required = true };

    public static readonly ListField Backgrounds = new(
        "backgrounds",
        "Cubes that are added: expected events for each pixel and bin of energy, or a differential flux at energies (cm-2 s-1 sr-1 MeV-1).",
        new TextField("", "", AFile) { Pattern = "\\S" })
    { MinItems = 1, Required = true };

    public static readonly TextField Psf = new(
        "psf", "The point spread function of the whole sky, with the tables PSF and THETA (gtpsf).", AFile)
    { Pattern = "\\S", Required = true };

    public static readonly NumberField TotalTimeS = new(
        "totalTimeS",
        "Good time of all event lists together in seconds; each takes its share of exposure and background. Without it, the survey takes "
        + "one event list.")
    { Above = 0 };

    public static readonly Field[] All = [Exposure, Backgrounds, Psf, TotalTimeS];

    public static GivenDefinition Read(JsonElement element, string path, List<string> problems)
    {
        var reader = new ObjectReader(element, path, All, problems);
        return new GivenDefinition
        {
            Exposure = reader.Text(Exposure) ?? "",
            Backgrounds = reader.Texts(Backgrounds) ?? [],
            Psf = reader.Text(Psf) ?? "",
            TotalTimeS = reader.Number(TotalTimeS),
        };
    }

    public static JsonObject Write(GivenDefinition given)
    {
        var json = new JsonObject
        {
            [Exposure.Name] = given.Exposure,
            [Backgrounds.Name] = new JsonArray([.. given.Backgrounds.Select(name => JsonValue.Create(name))]),
            [Psf.Name] = given.Psf,
        };
        if (given.TotalTimeS is { } total) json[TotalTimeS.Name] = total;
        return json;
    }
}
