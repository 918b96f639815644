namespace TsMapSurvey.Sky;

/// <summary>
/// Positions spread over an image, its border included, such that every position of the image is near to one of them.
/// </summary>
/// <param name="Positions">ICRS; none if no part of the image is on the sky.</param>
/// <param name="GapDeg">No position of the image is further away from the nearest sample.</param>
internal sealed record FootprintSamples(IReadOnlyList<SkyPosition> Positions, double GapDeg)
{
    private const int FewestPerSide = 8;
    private const int MostPerSide = 512;

    /// <param name="stepDeg">The distance of samples wanted. It is larger for very large images.</param>
    public static FootprintSamples Of(SkyGrid image, double stepDeg)
    {
        var (columns, rows) = (Steps(image.Width, image.PixelScaleDeg, stepDeg), Steps(image.Height, image.PixelScaleDeg, stepDeg));
        var (positions, largest) = (new List<SkyPosition>(), 0.0);
        var (above, row) = (new SkyPosition?[columns + 1], new SkyPosition?[columns + 1]);
        for (var j = 0; j <= rows; j++)
        {
            for (var i = 0; i <= columns; i++)
            {
                row[i] = At(image, -0.5 + image.Width * (i / (double)columns), -0.5 + image.Height * (j / (double)rows));
                if (row[i] is not { } own) continue;
                positions.Add(own);
                // The sides and diagonals of a mesh. In an acute triangle, no point is further from a corner than 0.58 of the longest side.
                foreach (var other in (SkyPosition?[])[i > 0 ? above[i - 1] : null, i > 0 ? row[i - 1] : null, above[i]])
                    if (other is { } near) largest = Math.Max(largest, own.SeparationDeg(near));
                if (i > 0 && row[i - 1] is { } left && above[i] is { } up) largest = Math.Max(largest, left.SeparationDeg(up));
            }

            (above, row) = (row, above);
        }

        // Where the sky ends inside an image, the last mesh has no outer sample.
        return new FootprintSamples(positions, image.IsSkyEverywhere ? 0.58 * largest : largest);
    }

    private static int Steps(int pixels, double pixelDeg, double stepDeg) =>
        (int)Math.Clamp(Math.Ceiling(pixels * pixelDeg / stepDeg), FewestPerSide, MostPerSide);

    private static SkyPosition? At(SkyGrid image, double x, double y) =>
        image.Wcs.TryPixelToSky(x, y, out var lon, out var lat) ? new SkyPosition(lon, lat, image.Frame).To(SkyFrame.Icrs) : null;
}
