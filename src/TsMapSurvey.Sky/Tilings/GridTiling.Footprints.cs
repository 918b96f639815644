namespace TsMapSurvey.Sky;

// The overlap of observations and tiles.
public sealed partial record GridTiling
{
    public IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels)
    {
        var pixels = InSurveyPixels(footprint);
        var columns = Enumerable.Range(0, Columns)
            .Where(x => Grid.Turns(pixels, WithHalo(Block(x, 0), haloPixels)) is var (first, last) && first <= last).ToList();
        foreach (var y in Enumerable.Range(0, Rows))
        {
            var window = WithHalo(Block(0, y), haloPixels);
            if (pixels.Y >= window.Bottom || pixels.Bottom <= window.Y) continue;
            foreach (var x in columns) yield return IdOf(x, y);
        }
    }

    /// <summary>An observation's rectangle in survey pixels. If the sky repeats, the copy nearest to the survey's centre.</summary>
    /// <exception cref="SkyException">The observation is not on the survey's grid, or is wider than 360 degrees.</exception>
    public PixelRegion InSurveyPixels(SkyGrid observation) =>
        FindProblem(observation, out var pixels) is { } problem ? throw problem : pixels;

    public bool IsAligned(SkyGrid image) => image.IsAlignedWith(Grid, out _, out _);

    public string? ProblemWith(SkyGrid footprint)
    {
        if (FindProblem(footprint, out var pixels) is { } problem) return problem.Message;
        return Touching(footprint, 0).Any() ? null : SkyErrors.Outside(pixels, Grid.Region).Message;
    }

    private SkyException? FindProblem(SkyGrid observation, out PixelRegion pixels)
    {
        pixels = default;
        if (!observation.IsAlignedWith(Grid, out var dx, out var dy)) return SkyErrors.NotAligned(observation.Wcs, Grid.Wcs);
        if (observation.Width > Grid.Wcs.TurnPixels) return SkyErrors.WiderThan360Degrees(observation.Width, observation.Wcs.TurnStep.X);
        pixels = observation.Region.Shift(dx, dy);
        return null;
    }
}
