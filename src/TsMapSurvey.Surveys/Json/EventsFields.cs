using System.Text.Json;
using System.Text.Json.Nodes;
using TsMapSurvey.Events.Reduction;

namespace TsMapSurvey.Surveys.Json;

/// <summary>The property <c>events</c> of survey.json.</summary>
internal static class EventsFields
{
    public static readonly ObjectField Events = new(
        "events", "How event lists (DL3) become what tiles stack; without it, only MapDatasets are taken.",
            "an object, which may be empty");

    public static readonly ListField SafeMask = new(
        "safeMask", "Methods of the safe mask, as in gammapy's SafeMaskMaker; their ranges are intersected.",
        new TextField("", "", $"one of {string.Join(", ", ReductionWords.SafeMasks.Keys)}") { OneOf = [.. ReductionWords.SafeMasks.Keys] })
    { Default = EventsDefinition.DefaultSafeMask };

    public static readonly NumberField OffsetMaxDeg = new(
        "offsetMaxDeg", "Radius of the field around the pointing that offset-max takes as safe, in degrees.")
    { Above = 0, AtMost = 20, Default = ReductionOptions.DefaultOffsetMaxDeg };

    public static readonly NumberField AeffPercent = new(
        "aeffPercent", "For aeff-max: the share of the largest effective area in percent, from which energies are safe.")
    { Above = 0, AtMost = 100, Default = EventsDefinition.DefaultPercent };

    public static readonly NumberField BiasPercent = new(
        "biasPercent", "For edisp-bias: the largest bias of the reconstructed energy in percent.")
    { Above = 0, AtMost = 100, Default = EventsDefinition.DefaultPercent };

    public static readonly NumberField PsfRadiusDeg = new(
        "psfRadiusDeg", "Radius up to which the point spread function is known, in degrees: of instruments with a wide one, 8 sigma.")
    { Above = 0, AtMost = 20, Default = EventsDefinition.DefaultPsfRadiusDeg };

    public static readonly TextField Background = new(
        "background",
        "fov-norm: scaled by one factor for each observation to the events outside the exclusion mask; none: as in the file.",
        $"one of {string.Join(", ", ReductionWords.Backgrounds.Keys)}")
    { OneOf = [.. ReductionWords.Backgrounds.Keys], Default = EventsDefinition.DefaultBackground };

    public static readonly TextField Exclusion = new(
        "exclusion", "A map file or blob that is 0 where known sources are, which do not count for the background norm.", "a file name")
    { Pattern = "\\S" };

    public static readonly Field[] All = [SafeMask, OffsetMaxDeg, AeffPercent, BiasPercent, PsfRadiusDeg, Background, Exclusion,
        GivenFields.Given];

    public static EventsDefinition Read(JsonElement element, List<string> problems)
    {
        var reader = new ObjectReader(element, Events.Name, All, problems);
        return new EventsDefinition
        {
            SafeMask = reader.Texts(SafeMask) ?? EventsDefinition.DefaultSafeMask,
            OffsetMaxDeg = reader.Number(OffsetMaxDeg) ?? ReductionOptions.DefaultOffsetMaxDeg,
            AeffPercent = reader.Number(AeffPercent) ?? EventsDefinition.DefaultPercent,
            BiasPercent = reader.Number(BiasPercent) ?? EventsDefinition.DefaultPercent,
            PsfRadiusDeg = reader.Number(PsfRadiusDeg) ?? EventsDefinition.DefaultPsfRadiusDeg,
            Background = reader.Text(Background) ?? EventsDefinition.DefaultBackground,
            Exclusion = reader.Text(Exclusion),
            Given = reader.Object(GivenFields.Given) is { } given
                ? GivenFields.Read(given, reader.PathOf(GivenFields.Given.Name), problems) : null,
        };
    }

    /// <summary>The object without properties that have their default.</summary>
    public static JsonObject? Write(EventsDefinition? events)
    {
        if (events is null) return null;
        var json = new JsonObject();
        if (!events.SafeMask.SequenceEqual(EventsDefinition.DefaultSafeMask))
            json[SafeMask.Name] = new JsonArray([.. events.SafeMask.Select(word => JsonValue.Create(word))]);
        void Number(NumberField field, double value)
        {
            if (value != (double)field.Default!) json[field.Name] = value;
        }

        Number(OffsetMaxDeg, events.OffsetMaxDeg);
        Number(AeffPercent, events.AeffPercent);
        Number(BiasPercent, events.BiasPercent);
        Number(PsfRadiusDeg, events.PsfRadiusDeg);
        if (events.Background != EventsDefinition.DefaultBackground) json[Background.Name] = events.Background;
        if (events.Exclusion is { } exclusion) json[Exclusion.Name] = exclusion;
        if (events.Given is { } given) json[GivenFields.Given.Name] = GivenFields.Write(given);
        return json;
    }
}
