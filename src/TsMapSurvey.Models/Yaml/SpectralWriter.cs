using YamlDotNet.RepresentationModel;
using static TsMapSurvey.Models.Yaml.YamlNodes;

namespace TsMapSurvey.Models.Yaml;

/// <summary>Writes a spectral model in gammapy's YAML, in TsMapSurvey's units.</summary>
internal static class SpectralWriter
{
    /// <param name="model">The component with the parameters' notes.</param>
    /// <param name="prefix">Prefix of the parameters' unique names in gammapy.</param>
    public static YamlMappingNode Write(ISpectralModel spectrum, ModelComponent model, string prefix = SpectralReader.Prefix) =>
        spectrum switch
        {
            DimensionlessSpectrum { Spectrum: TemplateSpectrum table } => Template(table, ""),
            DimensionlessSpectrum pure => Formula(pure.Spectrum, model, prefix, isDimensionless: true),
            TemplateSpectrum table => Template(table, SpectralKinds.FluxUnit),
            CompoundSpectrum compound => Mapping(
                ("type", Plain(SpectralKinds.Compound)),
                ("model1", Write(compound.First, model, prefix + "model1.")),
                ("model2", Write(compound.Second, model, prefix + "model2.")),
                ("operator", Plain(compound.Operator.ToString().ToLowerInvariant()))),
            PiecewiseNorm piecewise => Mapping(
                ("type", Plain(SpectralKinds.Piecewise)),
                ("parameters", new YamlSequenceNode(piecewise.Norms.Select((norm, k) =>
                    Parameter(new ParameterKind($"norm_{k}", "", 1), norm, model, $"{prefix}norm_{k}")))),
                ("energy", Array(piecewise.EnergiesTeV, "TeV")),
                ("interp", Plain(piecewise.IsLinear ? "lin" : "log"))),
            EblAbsorption ebl => Mapping(
                ("type", Plain(SpectralKinds.Ebl)),
                ("parameters", Parameters(SpectralKinds.EblParameters, [ebl.Redshift, ebl.AlphaNorm], model, prefix)),
                ("energy", Array(ebl.EnergiesTeV, "TeV")),
                ("param", Array(ebl.Redshifts, "")),
                ("values", Mapping(
                    ("data", new YamlSequenceNode(
                        ebl.Transmissions.Chunk(ebl.EnergiesTeV.Count).Select(row => new YamlSequenceNode(row.Select(Number))))),
                    ("unit", Unit(""))))),
            TableSpectrum table => Mapping(
                ("type", Plain(SpectralKinds.Table)),
                ("parameters", WriteTable(table.Parameters, model, prefix)),
                ("filename", Quoted(table.FileName)),
                ("unit", Unit(table.IsNorm ? "" : SpectralKinds.FluxUnit))),
            _ => Formula(spectrum, model, prefix, isDimensionless: false),
        };

    public static YamlSequenceNode WriteTable(IEnumerable<TableParameter> parameters, ModelComponent model, string prefix) =>
        new(parameters.Select(parameter =>
        Parameter(new ParameterKind(parameter.Name, parameter.Unit, 0), parameter.Value, model, prefix + parameter.Name, parameter.Unit)));

    private static YamlMappingNode Template(TemplateSpectrum table, string unit) => Mapping(
        ("type", Plain(SpectralKinds.Template)),
        ("parameters", new YamlSequenceNode()),
        ("energy", Array(table.EnergiesTeV, "TeV")),
        ("values", Array(table.Values, unit)));

    private static YamlMappingNode Formula(ISpectralModel spectrum, ModelComponent model, string prefix, bool isDimensionless)
    {
        foreach (var kind in SpectralKinds.All)
            if (kind.Values(spectrum) is { } values)
                return Mapping(
                    ("type", Plain(kind.Type)), ("parameters", Parameters(kind.Parameters, values, model, prefix, isDimensionless)));
        throw ModelErrors.BadModel(
            $"{spectrum.GetType().Name} cannot be written as YAML, expected one of "
            + $"{string.Join(", ", SpectralKinds.All.Select(kind => kind.Type))}");
    }

    private static YamlSequenceNode Parameters(
        ParameterKind[] kinds, double[] values, ModelComponent model, string prefix, bool isDimensionless = false) =>
        new(kinds.Zip(values, (kind, value) =>
            Parameter(kind, value, model, prefix + kind.Name, isDimensionless && kind.Unit == SpectralKinds.FluxUnit ? "" : null)));
}
