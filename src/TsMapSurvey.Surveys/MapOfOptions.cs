using TsMapSurvey.Maps.Estimators;
using TsMapSurvey.Maps.Models;
using TsMapSurvey.Surveys.Json;

namespace TsMapSurvey.Surveys;

/// <summary>The estimator's options as a map's definition: the way back from <see cref="OptionsOfMap"/>, digit for digit.</summary>
internal static class MapOfOptions
{
    public static MapDefinition Create(TsMapOptions options)
    {
        var problems = new List<string>();
        var spectrum = options.Model.Spectral as PowerLaw;
        if (spectrum is null) problems.Add(SurveyProblems.NotExpressed("spectral model", options.Model.Spectral, "a power law"));
        var spatial = options.Model.Spatial switch
        {
            PointSource => "point",
            GaussianSource gauss => FormattableString.Invariant($"gauss:{gauss.SigmaDeg:R}deg"),
            _ => null,
        };
        if (spatial is null) problems.Add(SurveyProblems.NotExpressed("spatial model", options.Model.Spatial, "a point or a Gaussian"));
        if (problems.Count > 0) throw new SurveyException("map", problems);
        return new MapDefinition
        {
            Spatial = spatial!,
            Index = spectrum!.Index,
            Amplitude = FormattableString.Invariant($"{spectrum.Amplitude:R} cm-2 s-1 TeV-1"),
            Reference = TeV(spectrum.ReferenceTeV),
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

    private static IEnumerable<string> Words(TsMapSelection selection) =>
        SelectionNames.Known.Where(word => SelectionNames.Find(word) is { } part && part != TsMapSelection.All && selection.HasFlag(part));

    private static string TeV(double energy) => FormattableString.Invariant($"{energy:R} TeV");
}
