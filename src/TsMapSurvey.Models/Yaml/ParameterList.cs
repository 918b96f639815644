using TsMapSurvey.Maps;

namespace TsMapSurvey.Models.Yaml;

/// <summary>
/// The parameters of one spectral or spatial model in a file, in the units of their kinds. Linked parameters have the value of the first.
/// </summary>
internal sealed class ParameterList
{
    private readonly Dictionary<string, (double Value, string Where)> _given = new(StringComparer.Ordinal);

    /// <param name="prefix">Prefix of the parameters' unique names in gammapy, such as <c>spectral.</c>.</param>
    public ParameterList(YamlEntry model, IReadOnlyList<ParameterKind> kinds, string prefix, ModelContext context)
    {
        foreach (var unnamed in model.Entries("parameters"))
        {
            var name = unnamed.RequiredText("name");
            var entry = unnamed.At($"{model.Where}, parameter {name}");
            var kind = kinds.FirstOrDefault(known => known.Name == name)
                ?? throw ModelErrors.BadModelFile(
                    entry.Where, "an unknown parameter", $"one of {string.Join(", ", kinds.Select(known => known.Name))}");
            var isDimensionless = kind.Unit == SpectralKinds.FluxUnit && entry.Has("unit") && string.IsNullOrWhiteSpace(entry.Text("unit"));
            IsDimensionless |= isDimensionless;
            var factor = isDimensionless ? 1 : entry.Factor(kind.Unit);
            var value = entry.Amount("value", kind.Unit, factor) ?? throw ModelErrors.BadModelFile(entry.Where, "no 'value'", "a value");
            var link = entry.Text("link");
            if (link is not null && !context.Links.TryAdd(link, value)) value = context.Links[link];
            if (!_given.TryAdd(name, (value, entry.Where)))
                throw ModelErrors.BadModelFile(entry.Where, "the parameter twice", "each parameter once");
            var note = new ParameterNote(entry.Flag("frozen") is { } frozen && frozen != kind.Frozen
                ? frozen : null, Limit("min"), Limit("max"), Limit("error"), link);
            if (note != ParameterNote.None) context.Notes[prefix + name] = note;
            double? Limit(string key) => entry.Amount(key, kind.Unit, factor) is { } limit && !double.IsNaN(limit) ? limit : null;
        }
    }

    /// <summary>Whether a flux parameter was given with an empty unit.</summary>
    public bool IsDimensionless { get; }

    public bool Has(ParameterKind kind) => _given.TryGetValue(kind.Name, out var given) && !double.IsNaN(given.Value);

    /// <summary>The value in the file, or gammapy's default.</summary>
    /// <exception cref="MapException">The value is outside the supported range.</exception>
    public double this[ParameterKind kind] => !_given.TryGetValue(kind.Name, out var given) ? kind.Default
        : kind.Allows(given.Value) ? given.Value
        : throw ModelErrors.BadModelFile(
            given.Where, FormattableString.Invariant($"{given.Value}{(kind.Unit.Length > 0 ? " " + kind.Unit : "")}"), kind.Expected);

    /// <summary>
    /// The parameters of a model whose parameter names are not fixed but are those of its axes or nodes. Values keep the file's units.
    /// </summary>
    public static IReadOnlyList<TableParameter> ReadTable(YamlEntry model, string prefix, ModelContext context)
    {
        ParameterKind[] kinds =
            [.. model.Entries("parameters").Select(entry => new ParameterKind(entry.RequiredText("name"), entry.Text("unit") ?? "", 0))];
        var parameters = new ParameterList(model, kinds, prefix, context);
        return [.. kinds.Select(kind => new TableParameter(kind.Name, parameters[kind], kind.Unit))];
    }
}
