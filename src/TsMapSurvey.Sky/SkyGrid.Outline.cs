namespace TsMapSurvey.Sky;

public sealed partial record SkyGrid
{
    private const double WidestCapDeg = 85;

    /// <summary>
    /// Positions on the image's border in ICRS, from the lower left corner to the right, so that the sides of a polygon of them keep near
    /// the border. Null if a point of the border has no sky position, or if the image is not inside a hemisphere.
    /// </summary>
    /// <param name="perSide">Number of positions on each side.</param>
    public IReadOnlyList<SkyPosition>? Outline(int perSide = 4)
    {
        var (left, right, bottom, top) = (-0.5, Width - 0.5, -0.5, Height - 0.5);
        var border = new List<SkyPosition>(4 * perSide);
        for (var side = 0; side < 4; side++)
            for (var step = 0; step < perSide; step++)
            {
                var (t, u) = (step / (double)perSide, 1 - step / (double)perSide);
                var (x, y) = side switch
                {
                    0 => (left * u + right * t, bottom),
                    1 => (right, bottom * u + top * t),
                    2 => (right * u + left * t, top),
                    _ => (left, top * u + bottom * t),
                };
                if (!Wcs.TryPixelToSky(x, y, out var lon, out var lat)) return null;
                border.Add(new SkyPosition(lon, lat, Frame).To(SkyFrame.Icrs));
            }

        return BoundingCap() is null ? null : border;
    }

    /// <summary>
    /// A circle around the centre that contains the image; null if it would be larger than 85 degrees, or if the centre or a point of the
    /// border has no sky position.
    /// </summary>
    public (SkyPosition Centre, double RadiusDeg)? BoundingCap()
    {
        const int PerSide = 16;
        if (!Wcs.TryPixelToSky((Width - 1) / 2.0, (Height - 1) / 2.0, out var lon, out var lat)) return null;
        if (Width * PixelScaleDeg > 2 * WidestCapDeg || Height * PixelScaleDeg > 2 * WidestCapDeg) return null;
        var (centre, radius) = (new SkyPosition(lon, lat, Frame), 0.0);
        for (var step = 0; step <= PerSide; step++)
        {
            var (x, y) = (-0.5 + Width * step / (double)PerSide, -0.5 + Height * step / (double)PerSide);
            foreach (var (column, row) in new[] { (x, -0.5), (x, Height - 0.5), (-0.5, y), (Width - 0.5, y) })
            {
                if (!Wcs.TryPixelToSky(column, row, out lon, out lat)) return null;
                radius = Math.Max(radius, centre.SeparationDeg(new SkyPosition(lon, lat, Frame)));
            }
        }

        // Between two points of the border, the distance may be larger by about the square of a step.
        radius = 1.01 * radius + PixelScaleDeg;
        return radius <= WidestCapDeg ? (centre, radius) : null;
    }
}
