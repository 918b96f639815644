namespace TsMapSurvey.Sky;

// Where an observation meets the tiles. With d the shift from observation to survey pixels, and P the pixels of a full turn, observation
// pixel (x, y) is survey pixel (x + dx + k P, y + dy) for every whole k: one column of sky has many names, and a window of the survey's
// plane (a tile and its halo) takes each name that falls into it. Without a whole P, k = 0 alone.
public sealed partial record GridTiling
{
    public IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels)
    {
        var pixels = InSurveyPixels(footprint);
        var columns = Enumerable.Range(0, Columns).Where(x => Meets(pixels, WithHalo(new TileId(x, 0), haloPixels))).ToList();
        foreach (var y in Enumerable.Range(0, Rows))
        {
            var window = WithHalo(new TileId(0, y), haloPixels);
            if (pixels.Y >= window.Bottom || pixels.Bottom <= window.Y) continue;
            foreach (var x in columns) yield return new TileId(x, y);
        }
    }

    /// <summary>
    /// The pixels that an observation shares with a tile and its halo, as pairs of equal rectangles: Source in the observation's pixels,
    /// Target in those of <see cref="GridWithHalo"/>. No target pixel is in two of them, and none is left out; more than one pair comes
    /// only from the 360 degree wrap.
    /// </summary>
    /// <exception cref="SkyException">The observation is not on the survey's grid, or there is no such tile.</exception>
    public IEnumerable<(PixelRegion Source, PixelRegion Target)> Overlaps(SkyGrid observation, TileId tile, int haloPixels)
    {
        var pixels = InSurveyPixels(observation);
        var window = WithHalo(tile, haloPixels);
        var (first, last) = Turns(pixels, window);
        for (var turn = first; turn <= last; turn++)
        {
            var shift = (int)(turn * (Grid.Wcs.TurnPixels ?? 0));
            var shared = pixels.Shift(shift, 0).Intersect(window);
            if (!shared.IsEmpty) yield return (shared.Shift(-pixels.X - shift, -pixels.Y), shared.Shift(-window.X, -window.Y));
        }
    }

    /// <summary>An observation's rectangle in the survey's pixel coordinates; of repeating ones the copy nearest to the survey's
    /// centre.</summary>
    /// <exception cref="SkyException">The observation is not on the survey's grid, or shows some sky twice (wider than 360
    /// degrees).</exception>
    public PixelRegion InSurveyPixels(SkyGrid observation)
    {
        if (!observation.IsAlignedWith(Grid, out var dx, out var dy)) throw SkyErrors.NotAligned(observation.Wcs, Grid.Wcs);
        if (observation.Width > Grid.Wcs.TurnPixels) throw SkyErrors.WiderThanATurn(observation.Width, observation.Wcs.TurnStep.X);
        return observation.Region.Shift(dx, dy);
    }

    private bool Meets(PixelRegion pixels, PixelRegion window)
    {
        var (first, last) = Turns(pixels, window);
        return first <= last;
    }

    // The k for which the columns pixels.X + kP to pixels.Right + kP meet the window's: kP < window.Right - pixels.X and kP > window.X -
    // pixels.Right.
    private (long First, long Last) Turns(PixelRegion pixels, PixelRegion window)
    {
        if (Grid.Wcs.TurnPixels is not { } turn) return pixels.X < window.Right && pixels.Right > window.X ? (0, 0) : (1, 0);
        var first = Math.Floor((window.X - (double)pixels.Right) / turn) + 1;
        var last = Math.Ceiling((window.Right - (double)pixels.X) / turn) - 1;
        return ((long)first, (long)last);
    }
}
