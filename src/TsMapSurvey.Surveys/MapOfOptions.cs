using TsMapSurvey.Estimators;
using TsMapSurvey.Models;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>The estimator's options as a map's definition: the way back from <see cref="OptionsOfMap"/>, digit for digit.</summary>
internal static class MapOfOptions
{
    public static MapDefinition Create(TsMapOptions options)
    {
        var problems = new List<string>();
        foreach (var model in options.BackgroundModels.Prepend(options.Model))
            if (model.NeedsFiles) problems.Add(SurveyErrors.NotExpressed($"model '{model.Name}'", "a part of it in a file", "a model without files"));
        if (problems.Count > 0) throw SurveyErrors.Of("map", problems);
        return Source(options.Model) with
        {
            BackgroundModels = options.BackgroundModels.Count > 0 ? SkyModelYaml.Write(options.BackgroundModels) : null,
            KernelWidthDeg = options.KernelWidthDeg,
            NSigma = options.NSigma,
            NSigmaUl = options.NSigmaUl,
            NSigmaSensitivity = options.NSigmaSensitivity,
            Norm = FormattableString.Invariant($"scan_min={options.Norm.Min:R},scan_max={options.Norm.Max:R}"),
            Threshold = options.Threshold,
            Rtol = options.Rtol,
            MaxNiter = options.MaxNiter,
            Selection = [.. Words(options.Selection)],
            EnergyEdges = options.AllEnergyBins ? [Fields.EnergyEdges.OrWord!] : options.EnergyEdgesTeV?.Select(TeV).ToArray(),
            SumOverEnergyGroups = options.SumOverEnergyGroups,
            MaxPsfRadiusDeg = options.MaxPsfRadiusDeg,
            DownsamplingFactor = options.DownsamplingFactor,
        };
    }

    /// <summary>In short words where they say all of it, else as YAML.</summary>
    private static MapDefinition Source(SkyModel model)
    {
        var spatial = model.Spatial switch
        {
            PointSource => "point",
            GaussianSource gauss => FormattableString.Invariant($"gauss:{gauss.SigmaDeg:R}deg"),
            DiskSource disk => FormattableString.Invariant($"disk:{disk.RadiusDeg:R}deg"),
            _ => null,
        };
        return spatial is not null && model.Spectral is PowerLaw law && model == new SkyModel(SkyModel.ParseSpatial(spatial), law)
            ? new MapDefinition
            {
                Spatial = spatial,
                Index = law.Index,
                Amplitude = FormattableString.Invariant($"{law.Amplitude:R} cm-2 s-1 TeV-1"),
                Reference = TeV(law.ReferenceTeV),
            }
            : new MapDefinition { Model = SkyModelYaml.Write(model) };
    }

    private static IEnumerable<string> Words(TsMapSelection selection) =>
        SelectionNames.Known.Where(word => SelectionNames.Find(word) is { } part && part != TsMapSelection.All && selection.HasFlag(part));

    private static string TeV(double energy) => FormattableString.Invariant($"{energy:R} TeV");
}
