using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The image of a stack of several datasets.</summary>
internal static class DatasetUnion
{
    /// <summary>The smallest image that contains all the given ones, which are on one pixel grid.</summary>
    public static SkyGrid Grid(IEnumerable<(string File, SkyGrid Grid)> images)
    {
        SkyGrid? union = null;
        foreach (var (file, grid) in images)
        {
            if (union is null)
            {
                union = grid;
                continue;
            }

            if (!grid.IsAlignedWith(union, out var dx, out var dy))
                throw CliErrors.NotAligned(file);
            union = union.Cutout(union.Region.Union(grid.Region.Shift(dx, dy)));
        }

        return union!;
    }

    /// <summary>The smallest part of a survey's grid that the images overlap with, whatever grids they are on.</summary>
    public static SkyGrid OnSurvey(IEnumerable<SkyGrid> images, SkyGrid survey)
    {
        var region = default(PixelRegion);
        foreach (var image in images)
            if (Footprint.BoxIn(survey, image, null) is { } box)
                region = region.Union(survey.Wcs.TurnPixels is null ? box.Intersect(survey.Region) : box);
        return region.IsEmpty ? throw CliErrors.OutsideSurvey() : Within(survey.Cutout(region), survey);
    }

    /// <summary>The part of an image inside a survey's grid, in the survey's pixels.</summary>
    public static SkyGrid Within(SkyGrid image, SkyGrid survey)
    {
        if (!image.IsAlignedWith(survey, out var dx, out var dy)) throw CliErrors.NotOnSurvey();
        var region = image.Region.Shift(dx, dy);
        var inside = survey.Wcs.TurnPixels is null
            ? region.Intersect(survey.Region) : region.Intersect(survey.Region with { X = region.X, Width = region.Width });
        return inside.IsEmpty ? throw CliErrors.OutsideSurvey() : survey.Cutout(inside);
    }
}
