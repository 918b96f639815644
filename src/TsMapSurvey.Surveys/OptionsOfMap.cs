using TsMapSurvey.Estimators;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Models;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>A map's definition as the estimator's options.</summary>
internal static class OptionsOfMap
{
    /// <summary>Adds every value that cannot be used to the problems, and leaves it at its default.</summary>
    public static TsMapOptions Create(MapDefinition map, string path, List<string> problems)
    {
        T Read<T>(Field field, T otherwise, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (MapException bad)
            {
                problems.Add(SurveyErrors.Refused($"{path}.{field.Name}", bad));
                return otherwise;
            }
        }

        double? Positive(Field field, string? text, string unit) => text is null ? null : Read(field, null, () =>
        {
            var value = Quantity.Parse(text).In(unit, field.Name);
            if (value > 0) return value;
            problems.Add(SurveyErrors.Wrong($"{path}.{field.Name}", $"'{text}'", "more than 0"));
            return (double?)null;
        });

        var defaults = new TsMapOptions();
        var spectrum = new PowerLaw(map.Index);
        spectrum = spectrum with
        {
            Amplitude = Positive(Fields.Amplitude, map.Amplitude, "cm-2 s-1 TeV-1") ?? spectrum.Amplitude,
            ReferenceTeV = Positive(Fields.Reference, map.Reference, "TeV") ?? spectrum.ReferenceTeV,
        };
        var allBins = map.EnergyEdges is [var only] && only == Fields.EnergyEdges.OrWord;
        var edges = allBins ? null
            : map.EnergyEdges?.Select((text, i) => Positive(Fields.EnergyEdges, text, "TeV")).OfType<double>().ToArray();
        if (edges?.Length == map.EnergyEdges?.Count && edges is not null && edges.Zip(edges.Skip(1)).Any(pair => pair.Second <= pair.First))
            problems.Add(SurveyErrors.Wrong($"{path}.{Fields.EnergyEdges.Name}", string.Join(", ", map.EnergyEdges!),
                "each above the one before"));
        IReadOnlyList<ModelComponent> Models(Field field, string? yaml) => yaml is null ? [] : Read(field, [], () =>
        {
            var models = SkyModelYaml.Parse(yaml, "YAML");
            foreach (var one in models.Where(one => one.DatasetNames is not null))
                problems.Add(SurveyErrors.Wrong($"{path}.{field.Name}", $"datasets_names in component '{one.Name}'", "none: models of surveys and jobs are for all data"));
            return models;
        });

        var usual = new SkyModel(Read(Fields.Spatial, new PointSource(), () => SkyModel.ParseSpatial(map.Spatial)), spectrum);
        var model = Models(Fields.Model, map.Model) is { Count: > 0 } given ? Read(Fields.Model, usual, () => SkyModelYaml.Choose(given, null, "YAML")) : usual;
        return new TsMapOptions
        {
            Model = model,
            BackgroundModels = Models(Fields.BackgroundModels, map.BackgroundModels),
            KernelWidthDeg = map.KernelWidthDeg ?? Survey.DefaultKernelWidthDeg(model.Spatial),
            NSigma = map.NSigma ?? defaults.NSigma,
            NSigmaUl = map.NSigmaUl ?? defaults.NSigmaUl,
            Threshold = map.Threshold,
            Rtol = map.Rtol ?? defaults.Rtol,
            MaxNiter = map.MaxNiter ?? defaults.MaxNiter,
            NSigmaSensitivity = map.NSigmaSensitivity ?? defaults.NSigmaSensitivity,
            Norm = map.Norm is { } norm ? Read(Fields.Norm, defaults.Norm, () => NormScan.Parse(norm)) : defaults.Norm,
            Selection = map.Selection.Aggregate(TsMapSelection.None, (all, word) => all | SelectionNames.Find(word).GetValueOrDefault()),
            EnergyEdgesTeV = edges,
            AllEnergyBins = allBins,
            DownsamplingFactor = map.DownsamplingFactor,
            SumOverEnergyGroups = map.SumOverEnergyGroups ?? defaults.SumOverEnergyGroups,
            MaxPsfRadiusDeg = map.MaxPsfRadiusDeg ?? defaults.MaxPsfRadiusDeg,
        };
    }
}
