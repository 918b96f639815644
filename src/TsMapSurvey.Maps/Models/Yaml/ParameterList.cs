namespace TsMapSurvey.Maps.Models.Yaml;

/// <summary>The parameters of one spectral or spatial model in a file, in our units. A link's first parameter gives the value of all.</summary>
internal sealed class ParameterList
{
    private readonly Dictionary<string, (double Value, string Where)> _given = new(StringComparer.Ordinal);

    /// <param name="notes">Receives what is said beside the values and is not gammapy's default.</param>
    /// <param name="links">The values of the labels met so far in the file; added to.</param>
    public ParameterList(YamlEntry model, IReadOnlyList<ParameterKind> kinds, Dictionary<string, ParameterNote> notes, Dictionary<string, double> links)
    {
        foreach (var unnamed in model.Entries("parameters"))
        {
            var name = unnamed.NeedText("name");
            var entry = unnamed.At($"{model.Where}, parameter {name}");
            var kind = kinds.FirstOrDefault(known => known.Name == name)
                ?? throw MapErrors.BadModelFile(entry.Where, "an unknown parameter", $"one of {string.Join(", ", kinds.Select(known => known.Name))}");
            var factor = entry.Factor(kind.Unit);
            var value = (entry.Number("value") ?? throw MapErrors.BadModelFile(entry.Where, "no 'value'", "one")) * factor;
            var link = entry.Text("link");
            if (link is not null && !links.TryAdd(link, value)) value = links[link];
            if (!_given.TryAdd(name, (value, entry.Where))) throw MapErrors.BadModelFile(entry.Where, "the parameter twice", "once");
            var note = new ParameterNote(entry.Flag("frozen") is { } frozen && frozen != kind.Frozen ? frozen : null, Limit("min"), Limit("max"), Limit("error"), link);
            if (note != ParameterNote.None) notes[name] = note;
            double? Limit(string key) => entry.Number(key) is { } limit && !double.IsNaN(limit) ? limit * factor : null;
        }
    }

    public bool Has(ParameterKind kind) => _given.TryGetValue(kind.Name, out var given) && !double.IsNaN(given.Value);

    /// <summary>The value given, or gammapy's default.</summary>
    /// <exception cref="MapException">It is out of the range that we can compute with.</exception>
    public double this[ParameterKind kind] => !_given.TryGetValue(kind.Name, out var given) ? kind.Default
        : kind.Allows(given.Value) ? given.Value
        : throw MapErrors.BadModelFile(given.Where, FormattableString.Invariant($"{given.Value}{(kind.Unit.Length > 0 ? " " + kind.Unit : "")}"), kind.Expected);
}
