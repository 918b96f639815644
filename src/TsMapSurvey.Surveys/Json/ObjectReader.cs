using System.Text.Json;

namespace TsMapSurvey.Surveys.Json;

/// <summary>
/// Reads a JSON object and collects all problems. A missing or invalid value is read as null, so that the caller can continue and throw
/// an exception with all problems at the end.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<string> _problems;

    public ObjectReader(JsonElement element, string path, Field[] fields, List<string> problems)
    {
        (_path, _problems) = (path, problems);
        foreach (var property in element.EnumerateObject())
        {
            if (!_values.TryAdd(property.Name, property.Value)) problems.Add(SurveyErrors.Duplicate(PathOf(property.Name)));
            else if (!Array.Exists(fields, field => field.Name == property.Name)) AddUnknown(property.Name, fields);
        }

        foreach (var field in fields)
            if (field.Required && !Has(field)) problems.Add(SurveyErrors.Missing(PathOf(field.Name), field.Expected));
    }

    public bool Has(Field field) => _values.ContainsKey(field.Name);

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>The value of a text, number, flag or list of texts.</summary>
    public object? Value(Field field) => field switch
    {
        NumberField number => Number(number),
        FlagField flag => Flag(flag),
        ListField list => Texts(list),
        _ => Text((TextField)field),
    };

    public string? Text(TextField field) => _values.TryGetValue(field.Name, out var value) ? Text(value, PathOf(field.Name), field) : null;

    public double? Number(NumberField field) =>
        _values.TryGetValue(field.Name, out var value) ? Number(value, PathOf(field.Name), field) : null;

    public int? Integer(NumberField field) => (int?)Number(field);

    public bool? Flag(FlagField field)
    {
        if (!_values.TryGetValue(field.Name, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        _problems.Add(SurveyErrors.Wrong(PathOf(field.Name), value, field.Expected));
        return null;
    }

    /// <summary>The valid items of a list; a single item if the value is the word <see cref="ListField.OrWord"/>.</summary>
    public IReadOnlyList<string>? Texts(ListField field) => Items(field, (item, path) => Text(item, path, (TextField)field.Items));

    public IReadOnlyList<double>? Numbers(ListField field) =>
        Items(field, (item, path) => Number(item, path, (NumberField)field.Items))?.Select(number => number!.Value).ToArray();

    /// <summary>The value if it is an object; otherwise null, with a problem unless it is missing.</summary>
    public JsonElement? Object(ObjectField field)
    {
        if (!_values.TryGetValue(field.Name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return value;
        _problems.Add(SurveyErrors.Wrong(PathOf(field.Name), value, field.Expected));
        return null;
    }

    private T[]? Items<T>(ListField field, Func<JsonElement, string, T?> read)
    {
        if (!_values.TryGetValue(field.Name, out var value)) return null;
        var path = PathOf(field.Name);
        if (field.OrWord is { } word && value.ValueKind == JsonValueKind.String && value.GetString() == word) return [(T)(object)word];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < field.MinItems)
        {
            _problems.Add(SurveyErrors.Wrong(path, value, field.Expected));
            return null;
        }

        var items = value.EnumerateArray().Select((item, i) => read(item, $"{path}[{i}]"));
        return [.. items.Where(item => item is not null).Select(item => item!)];
    }

    private string? Text(JsonElement value, string path, TextField field)
    {
        var isValid = value.ValueKind == JsonValueKind.String
            && (field.Pattern is null || Fields.Matches(value.GetString()!, field.Pattern))
            && (field.OneOf is null || field.OneOf.Contains(value.GetString()!));
        if (isValid) return value.GetString();
        _problems.Add(SurveyErrors.Wrong(path, value, field.Expected));
        return null;
    }

    private double? Number(JsonElement value, string path, NumberField field)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && field.Allows(number)) return number;
        _problems.Add(SurveyErrors.Wrong(path, value, field.Expected));
        return null;
    }

    private void AddUnknown(string name, Field[] fields)
    {
        var known = fields.Select(field => field.Name).Where(known => known != Fields.Schema.Name).ToArray();
        _problems.Add(SurveyErrors.Unknown(PathOf(name), Spelling.Nearest(name, known), known));
    }
}
