namespace TsMapSurvey.Sky;

// Where an observation meets the tiles.
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

    /// <summary>An observation's rectangle in the survey's pixel coordinates; of repeating ones the copy nearest to the survey's
    /// centre.</summary>
    /// <exception cref="SkyException">The observation is not on the survey's grid, or shows some sky twice (wider than 360
    /// degrees).</exception>
    public PixelRegion InSurveyPixels(SkyGrid observation) => Misfit(observation, out var pixels) is { } problem ? throw problem : pixels;

    public string? ProblemWith(SkyGrid footprint)
    {
        if (Misfit(footprint, out var pixels) is { } problem) return problem.Message;
        return Touching(footprint, 0).Any() ? null : SkyErrors.Outside(pixels, Grid.Region).Message;
    }

    private SkyException? Misfit(SkyGrid observation, out PixelRegion pixels)
    {
        pixels = default;
        if (!observation.IsAlignedWith(Grid, out var dx, out var dy)) return SkyErrors.NotAligned(observation.Wcs, Grid.Wcs);
        if (observation.Width > Grid.Wcs.TurnPixels) return SkyErrors.WiderThanATurn(observation.Width, observation.Wcs.TurnStep.X);
        pixels = observation.Region.Shift(dx, dy);
        return null;
    }
}
