
namespace TsMapSurvey.Models.Yaml;

internal static class SpectralReader
{
    public const string Prefix = "spectral.";

    private static readonly string[] OtherTypes =
        [SpectralKinds.Template, SpectralKinds.Table, SpectralKinds.Compound, SpectralKinds.Piecewise, SpectralKinds.Ebl];

    /// <param name="prefix">Prefix of the parameters' unique names in gammapy.</param>
    public static ISpectralModel Read(YamlEntry entry, ModelContext context, string prefix = Prefix) => entry.RequiredText("type") switch
    {
        SpectralKinds.Template or "template" => Template(entry),
        SpectralKinds.Table or "templateND" => Table(entry, context, prefix),
        SpectralKinds.Compound or "compound" => Compound(entry, context, prefix),
        SpectralKinds.Piecewise or "piecewise-norm" => Piecewise(entry, context, prefix),
        SpectralKinds.Ebl or "ebl-norm" => Ebl(entry, context, prefix),
        var type => Formula(type, entry, context, prefix),
    };

    private static ISpectralModel Formula(string type, YamlEntry entry, ModelContext context, string prefix)
    {
        if (RefusedModels.Spectral.TryGetValue(type, out var reason)) throw ModelErrors.RefusedModel(entry.Where, type, reason);
        var kind = SpectralKinds.All.FirstOrDefault(kind => kind.IsNamed(type))
            ?? throw ModelErrors.BadModelFile(entry.Where, $"the type {type}",
                $"one of {string.Join(", ", SpectralKinds.All.Select(kind => kind.Type).Concat(OtherTypes))}");
        var parameters = new ParameterList(entry, kind.Parameters, prefix, context);
        var model = entry.WithLocation(() => kind.Create([.. kind.Parameters.Select(parameter => parameters[parameter])]));
        return parameters.IsDimensionless ? new DimensionlessSpectrum(model) : model;
    }

    private static ISpectralModel Template(YamlEntry entry)
    {
        var (energies, values) = (entry.RequiredEntry("energy"), entry.RequiredEntry("values"));
        var isDimensionless = values.Has("unit") && string.IsNullOrWhiteSpace(values.Text("unit"));
        var factor = isDimensionless ? 1 : values.Factor(SpectralKinds.FluxUnit);
        var model = entry.WithLocation(
            () => new TemplateSpectrum(EnergiesTeV(energies), [.. values.Numbers("data").Select(value => value * factor)]));
        return isDimensionless ? new DimensionlessSpectrum(model) : model;
    }

    private static TableSpectrum Table(YamlEntry entry, ModelContext context, string prefix)
    {
        var given = ParameterList.ReadTable(entry, prefix, context);
        return context.Files.Read(entry, "a FITS file with a table of spectra", path => TableSpectrum.Read(path, given));
    }

    private static CompoundSpectrum Compound(YamlEntry entry, ModelContext context, string prefix)
    {
        var name = entry.RequiredText("operator");
        if (!Enum.TryParse<SpectralOperator>(name, ignoreCase: true, out var @operator) || !name.All(char.IsAsciiLetter))
            throw ModelErrors.BadModelFile($"{entry.Where}, operator", $"'{name}'",
                $"one of {string.Join(", ", Enum.GetNames<SpectralOperator>()).ToLowerInvariant()}");
        var first = Read(entry.RequiredEntry("model1"), context, prefix + "model1.");
        var second = Read(entry.RequiredEntry("model2"), context, prefix + "model2.");
        return entry.WithLocation(() => new CompoundSpectrum(first, second, @operator));
    }

    private static PiecewiseNorm Piecewise(YamlEntry entry, ModelContext context, string prefix)
    {
        var norms = ParameterList.ReadTable(entry, prefix, context);
        var isLinear = entry.Text("interp") switch
        {
            null or "log" => false,
            "lin" or "linear" => true,
            var other => throw ModelErrors.BadModelFile($"{entry.Where}, interp", $"'{other}'", "log or lin"),
        };
        return entry.WithLocation(
            () => new PiecewiseNorm(EnergiesTeV(entry.RequiredEntry("energy")), [.. norms.Select(norm => norm.Value)], isLinear));
    }

    private static EblAbsorption Ebl(YamlEntry entry, ModelContext context, string prefix)
    {
        var parameters = new ParameterList(entry, SpectralKinds.EblParameters, prefix, context);
        var (redshift, norm) = (parameters[SpectralKinds.EblParameters[0]], parameters[SpectralKinds.EblParameters[1]]);
        if (entry.Has("filename")) return context.Files.Read(entry, "an XSPEC table model", path => EblTable.Read(path, redshift, norm));
        var (nodes, values) = (entry.RequiredEntry("param"), entry.RequiredEntry("values"));
        return entry.WithLocation(() => new EblAbsorption(
            nodes.Numbers("data"), EnergiesTeV(entry.RequiredEntry("energy")), values.NestedNumbers("data"), redshift, norm));
    }

    private static double[] EnergiesTeV(YamlEntry energies)
    {
        var toTeV = energies.Factor("TeV");
        return [.. energies.Numbers("data").Select(energy => energy * toTeV)];
    }
}
