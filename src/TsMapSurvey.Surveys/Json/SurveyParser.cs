using System.Text.Json;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Grids;
using TsMapSurvey.Surveys.Options;

namespace TsMapSurvey.Surveys.Json;

/// <summary>Parses survey.json; an exception has all problems of the text.</summary>
internal static class SurveyParser
{
    /// <param name="folder">Folder of model files that the text refers to, whose content is embedded; null if the text must not open any
    /// file.</param>
    public static SurveyDefinition Parse(string json, string? folder = null) =>
        Parse(json, "survey definition", (element, problems) => Survey(element, folder, problems));

    public static MapDefinition ParseMap(string json) => Parse(json, "map", (element, problems) => Map(element, "map", null, problems));

    private static T Parse<T>(string json, string subject, Func<JsonElement, List<string>, T> read)
        where T : class
    {
        var problems = new List<string>();
        T? definition = null;
        try
        {
            using var document = UntrustedJson.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object) definition = read(document.RootElement, problems);
            else problems.Add(SurveyErrors.Wrong(subject, document.RootElement, "a JSON object"));
        }
        catch (JsonException exception)
        {
            problems.Add(SurveyErrors.NotJson(exception));
        }

        return problems.Count == 0 ? definition! : throw SurveyErrors.Of(subject, problems);
    }

    private static SurveyDefinition Survey(JsonElement element, string? folder, List<string> problems)
    {
        var reader = new ObjectReader(element, "", Fields.OfSurvey, problems);
        reader.Text(Fields.Schema);
        var definition = new SurveyDefinition
        {
            Name = reader.Text(Fields.Name) ?? "",
            Observations = reader.Text(Fields.Observations) ?? SurveyDefinition.DefaultObservations,
            Tiling = reader.Object(Fields.Tiling) is { } tiling ? Tiling(tiling, problems) : new TilingDefinition(),
            EnergyAxis = Axis(reader, Fields.EnergyAxis, problems),
            TrueEnergyAxis = Axis(reader, Fields.TrueEnergyAxis, problems),
            Maps = reader.Object(Fields.Maps) is { } maps ? Maps(maps, folder, problems) : new Dictionary<string, MapDefinition>(),
            Irfs = reader.Text(Fields.Irfs) ?? SurveyDefinition.IrfsOfTile,
            Resample = reader.Flag(Fields.Resample) ?? false,
            Slices = Slices(reader, problems),
            NightStartUtcHour = reader.Number(Fields.NightStartUtcHour) ?? SurveyDefinition.DefaultNightStartUtcHour,
            Events = reader.Object(EventsFields.Events) is { } events ? EventsFields.Read(events, problems) : null,
        };
        string?[] likes = [definition.Tiling.Like, definition.EnergyAxis.Like, definition.TrueEnergyAxis.Like];
        var files = likes.OfType<string>().Distinct().ToArray();
        if (files.Length > 1) problems.Add(SurveyErrors.DifferentFiles(files));
        return definition;
    }

    private static IReadOnlyList<string> Slices(ObjectReader reader, List<string> problems)
    {
        var before = problems.Count;
        if (reader.Texts(Fields.Slices) is not { } slices) return SurveyDefinition.OnlyAll;
        if (problems.Count > before) return slices;
        if (!slices.Contains(TimeSlice.AllName))
            problems.Add(SurveyErrors.Wrong(Fields.Slices.Name, string.Join(", ", slices), $"'{TimeSlice.AllName}' as one of them"));
        if (slices.Distinct().Count() < slices.Count)
            problems.Add(SurveyErrors.Wrong(Fields.Slices.Name, string.Join(", ", slices), "each slice once"));
        return slices;
    }

    private static TilingDefinition Tiling(JsonElement element, List<string> problems)
    {
        var before = problems.Count;
        var reader = new ObjectReader(element, Fields.Tiling.Name, Fields.OfTiling, problems);
        var isHealpix = reader.Text(Fields.Kind) == TilingDefinition.HealpixKind;
        var tiling = new TilingDefinition
        {
            Kind = isHealpix ? TilingDefinition.HealpixKind : TilingDefinition.GridKind,
            Order = reader.Integer(Fields.Order) ?? (isHealpix ? TilingDefinition.DefaultOrder : null),
            Frame = reader.Text(Fields.Frame),
            Projection = reader.Text(Fields.Projection),
            PixelSizeDeg = reader.Number(Fields.PixelSizeDeg),
            WidthDeg = reader.Number(Fields.WidthDeg),
            HeightDeg = reader.Number(Fields.HeightDeg),
            CentreLonDeg = reader.Number(Fields.CentreLonDeg) ?? 0,
            CentreLatDeg = reader.Number(Fields.CentreLatDeg) ?? 0,
            TilePixels = reader.Integer(Fields.TilePixels) ?? TilingDefinition.DefaultTilePixels,
            Like = reader.Text(Fields.Like),
        };
        if (isHealpix) return OfHealpix(tiling, reader, problems.Count == before, problems);
        if (reader.Has(Fields.Order))
            problems.Add(SurveyErrors.Wrong(reader.PathOf(Fields.Order.Name), "a value", "none without the kind 'healpix'"));
        if (reader.Has(Fields.Like))
            problems.AddRange(Fields.NotBesideLike.Where(reader.Has)
                .Select(field => SurveyErrors.Wrong(reader.PathOf(field.Name), "a value", "none with 'like'")));
        else
            problems.AddRange(Fields.ExplicitGrid.Where(field => !reader.Has(field))
                .Select(field => SurveyErrors.Missing(reader.PathOf(field.Name), $"{field.Expected}, or 'like'")));
        if (problems.Count == before && tiling.Like is null) problems.AddRange(GridOfTiling.Problems(tiling));
        return tiling;
    }

    private static TilingDefinition OfHealpix(TilingDefinition tiling, ObjectReader reader, bool isReadable, List<string> problems)
    {
        var unused = Fields.NotOfHealpix.Where(reader.Has).ToArray();
        problems.AddRange(unused.Select(field =>
            SurveyErrors.Wrong(reader.PathOf(field.Name), "a value", $"none with the kind '{TilingDefinition.HealpixKind}'")));
        problems.AddRange(Fields.OfHealpix.Where(field => !reader.Has(field))
            .Select(field => SurveyErrors.Missing(reader.PathOf(field.Name), field.Expected)));
        if (!isReadable || unused.Length > 0 || tiling is not { Order: { } order, PixelSizeDeg: { } pixel }) return tiling;
        var (min, max) = HealpixTiling.PixelSizes(order);
        if (!(pixel >= min && pixel <= max))
            problems.Add(SurveyErrors.Wrong(
                reader.PathOf(Fields.PixelSizeDeg.Name), FormattableString.Invariant($"{pixel}"),
                FormattableString.Invariant($"{min:0.#####} to {max:0.###} degrees at order {order}")));
        return tiling;
    }

    private static AxisDefinition Axis(ObjectReader survey, ObjectField field, List<string> problems)
    {
        if (survey.Object(field) is not { } element) return new AxisDefinition();
        var (path, before) = (field.Name, problems.Count);
        var reader = new ObjectReader(element, path, Fields.OfAxis, problems);
        var axis = new AxisDefinition
        {
            MinTeV = reader.Number(Fields.MinTeV),
            MaxTeV = reader.Number(Fields.MaxTeV),
            Bins = reader.Integer(Fields.Bins),
            FmocOrder = reader.Integer(Fields.FmocOrder),
            EdgesTeV = reader.Numbers(Fields.EdgesTeV),
            Like = reader.Text(Fields.Like),
        };
        if (problems.Count > before) return axis;
        Field[] given = [.. Fields.OfAxis.Where(reader.Has)];
        if (!Fields.AxisForms.Any(form => form.SequenceEqual(given)))
            problems.Add(SurveyErrors.Wrong(
                path, given.Length > 0 ? string.Join(", ", given.Select(property => property.Name)) : "nothing",
                "exactly one of minTeV with maxTeV and bins, minTeV with maxTeV and fmocOrder, edgesTeV, like"));
        else if (axis.MaxTeV <= axis.MinTeV)
            problems.Add(SurveyErrors.Wrong($"{path}.maxTeV", FormattableString.Invariant($"{axis.MaxTeV}"),
                FormattableString.Invariant($"more than minTeV, {axis.MinTeV}")));
        else if (axis.EdgesTeV is { } edges && edges.Zip(edges.Skip(1)).Any(pair => pair.Second <= pair.First))
            problems.Add(SurveyErrors.Wrong($"{path}.edgesTeV", "edges out of order", "increasing edges"));
        else if (axis.FmocOrder is not null) problems.AddRange(FrequencyAxis.Problems(path, axis));
        return axis;
    }

    private static Dictionary<string, MapDefinition> Maps(JsonElement element, string? folder, List<string> problems)
    {
        var maps = new Dictionary<string, MapDefinition>();
        foreach (var property in element.EnumerateObject())
        {
            var path = $"{Fields.Maps.Name}.{property.Name}";
            if (!Fields.Matches(property.Name, Fields.NamePattern))
                problems.Add(SurveyErrors.Wrong(path, $"the name '{property.Name}'", Fields.NameExpected));
            if (property.Value.ValueKind != JsonValueKind.Object)
                problems.Add(SurveyErrors.Wrong(path, property.Value, "an object with options of tsmap compute"));
            else if (!maps.TryAdd(property.Name, Map(property.Value, path, folder, problems)))
                problems.Add(SurveyErrors.Duplicate(path));
        }

        if (!element.EnumerateObject().Any()) problems.Add(SurveyErrors.Wrong(Fields.Maps.Name, "no map", Fields.Maps.Expected));
        return maps;
    }

    private static MapDefinition Map(JsonElement element, string path, string? folder, List<string> problems)
    {
        var reader = new ObjectReader(element, path, MapOptions.Fields, problems);
        var values = new Dictionary<string, object>();
        foreach (var field in MapOptions.Fields)
        {
            var value = field is TextField { Embed: not null } model
                ? EmbeddedModels.Read(reader, model, folder, problems) : reader.Value(field);
            if (value is not null) values.Add(field.Name, value);
        }

        if (reader.Has(MapOptions.Model.Field))
            problems.AddRange(MapOptions.ExcludedByModel.Where(option => reader.Has(option.Field))
                .Select(option => SurveyErrors.Wrong(reader.PathOf(option.Name), "a value", $"none with '{MapOptions.Model.Name}'")));
        var map = new MapDefinition(values);
        map.ToOptions(path, problems);
        return map;
    }
}
