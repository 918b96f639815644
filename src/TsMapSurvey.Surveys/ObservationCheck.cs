using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Surveys;

internal static class ObservationCheck
{
    private const string Stacking = "a stack";

    public static IEnumerable<string> Problems(Survey survey, MapDataset observation)
    {
        foreach (var problem in MissingMaps(survey, observation)) yield return problem;
        if (observation.Counts is not { } counts) yield break;
        var placed = Placement(survey, counts.Geometry).ToArray();
        foreach (var problem in placed) yield return problem;
        if (placed.Length > 0) yield break;
        var shapes = Shapes(survey, observation, counts.Geometry).ToArray();
        foreach (var problem in shapes) yield return problem;
        if (shapes.Length > 0) yield break;
        foreach (var problem in Values(observation, counts)) yield return problem;
    }

    private static IEnumerable<string> MissingMaps(Survey survey, MapDataset observation)
    {
        if (observation.Counts is null) yield return SurveyErrors.MissingMap("COUNTS", Stacking);
        if (observation.Background is null) yield return SurveyErrors.MissingMap("BACKGROUND", Stacking);
        if (observation.Exposure is null) yield return SurveyErrors.MissingMap("EXPOSURE", Stacking);
        if (!survey.IrfsOfTile) yield break;
        if (observation.Psf is null) yield return SurveyErrors.MissingMap("PSF", Stacking);
        else if (observation.Psf.Exposure is null) yield return SurveyErrors.MissingMap("PSF_EXPOSURE", "the mean PSF of a stack");
        if (observation.Edisp is null) yield return SurveyErrors.MissingMap("EDISP", Stacking);
        else if (observation.Edisp.Exposure is null)
            yield return SurveyErrors.MissingMap("EDISP_EXPOSURE", "the mean energy dispersion of a stack");
    }

    private static IEnumerable<string> Placement(Survey survey, MapGeometry counts)
    {
        if (counts.Grid is not { } grid)
        {
            yield return SurveyErrors.OtherShape("COUNTS", "a single spatial bin", "an image with the survey's grid");
            yield break;
        }

        if (Footprint.ProblemWith(survey, grid) is { } problem) yield return SurveyErrors.NotTiled("COUNTS", problem);
        if (counts.FindAxis("energy") is not { } energy || counts.Axes.Count != 1)
            yield return SurveyErrors.OtherShape("COUNTS",
                $"{counts.Axes.Count} axes ({string.Join(", ", counts.Axes.Select(axis => axis.Name))})", "the single axis energy");
        else if (!energy.Matches(survey.Energy))
            yield return SurveyErrors.OtherAxis("COUNTS", energy, survey.Energy);
    }

    private static IEnumerable<string> Shapes(Survey survey, MapDataset observation, MapGeometry counts)
    {
        (string Name, MapGeometry? Geometry)[] likeCounts =
        [
            ("BACKGROUND", observation.Background?.Geometry),
            ("MASK_SAFE", observation.MaskSafe?.Geometry),
            ("MASK_FIT", observation.MaskFit?.Geometry),
        ];
        foreach (var (name, geometry) in likeCounts)
            if (geometry is not null && Shape(name, geometry, counts.Grid!, survey.Energy) is { } problem) yield return problem;
        if (observation.Exposure is { } exposure
            && Shape("EXPOSURE", exposure.Geometry, counts.Grid!, survey.EnergyTrue) is { } other) yield return other;
        if (!survey.IrfsOfTile) yield break;
        if (observation.Psf is { } psf)
        {
            if (psf.IsReco) yield return SurveyErrors.OtherShape("PSF", "a PSF in reconstructed energy", "a PSF in true energy");
            else if (!psf.Energy.Matches(survey.EnergyTrue)) yield return SurveyErrors.OtherAxis("PSF", psf.Energy, survey.EnergyTrue);
        }

        if (observation.Edisp is not { } edisp) yield break;
        if (!edisp.EnergyTrue.Matches(survey.EnergyTrue))
            yield return SurveyErrors.OtherAxis("EDISP", edisp.EnergyTrue, survey.EnergyTrue);
        if (edisp.IsKernel && !edisp.First.Matches(survey.Energy))
            yield return SurveyErrors.OtherAxis("EDISP", edisp.First, survey.Energy);
    }

    private static string? Shape(string map, MapGeometry geometry, SkyGrid image, MapAxis axis)
    {
        if (geometry.Grid?.IsSameAs(image) != true)
        {
            var found = geometry.Grid is null ? "a single spatial bin" : $"another image ({geometry.Width} x {geometry.Height})";
            return SurveyErrors.OtherShape(map, found, $"the image of COUNTS ({image.Width} x {image.Height})");
        }

        if (geometry.Axes is not [var only] || only.Name != axis.Name)
            return SurveyErrors.OtherShape(map, $"the axes {string.Join(", ", geometry.Axes.Select(other => other.Name))}",
                $"the single axis {axis.Name}");
        return only.Matches(axis) ? null : SurveyErrors.OtherAxis(map, only, axis);
    }

    private static IEnumerable<string> Values(MapDataset observation, Map<double> counts)
    {
        var mask = observation.MaskSafe?.Data;
        if (InvalidValue("COUNTS", counts, mask, "finite numbers of 0 or more inside the safe mask") is { } invalidCounts)
            yield return invalidCounts;
        if (observation.Background is { } background
            && InvalidValue("BACKGROUND", background, mask, "finite numbers of 0 or more inside the safe mask") is { } invalidBackground)
            yield return invalidBackground;
        if (observation.Exposure is { } exposure
            && InvalidValue("EXPOSURE", exposure, null, "finite numbers of 0 or more") is { } invalidExposure)
            yield return invalidExposure;
    }

    private static string? InvalidValue(string name, Map<double> map, bool[]? mask, string expected)
    {
        var (count, first) = (0, -1);
        for (var i = 0; i < map.Data.Length; i++)
        {
            if ((double.IsFinite(map.Data[i]) && map.Data[i] >= 0) || (mask is not null && !mask[i])) continue;
            if (count++ == 0) first = i;
        }

        if (count == 0) return null;
        var (plane, pixel) = Math.DivRem(first, map.Geometry.PlaneLength);
        return SurveyErrors.InvalidValue(name, map.Data[first], count,
            $"bin {plane}, pixel ({pixel % map.Geometry.Width}, {pixel / map.Geometry.Width})", expected);
    }
}
