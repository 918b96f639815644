using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>The image of an observation's whole field of view, on which its range is worked out.</summary>
public static class ObservationField
{
    /// <summary>The image is wider than the circle of safe offsets, so that no pixel whose centre is inside is lost at the
    /// border.</summary>
    private const double Margin = 1.05;

    /// <summary>
    /// The field cut from a survey's grid, also beyond the survey; if the grid is too distorted there to show the whole circle, the plane
    /// of <see cref="Tangent"/>.
    /// </summary>
    public static SkyGrid CutFrom(SkyGrid grid, SkyPosition pointing, double offsetMaxDeg)
    {
        var pixels = Pixels(grid.PixelScaleDeg, offsetMaxDeg);
        if (!grid.TryPixelOf(pointing, out double x, out double y)) return Tangent(pointing, grid.PixelScaleDeg, offsetMaxDeg);
        var field = grid.Cutout(First(x, pixels), First(y, pixels), pixels, pixels);
        return Encloses(field, pointing, offsetMaxDeg) ? field : Tangent(pointing, grid.PixelScaleDeg, offsetMaxDeg);
    }

    /// <summary>A plane that touches the sky at the pointing, in ICRS.</summary>
    public static SkyGrid Tangent(SkyPosition pointing, double pixelDeg, double offsetMaxDeg)
    {
        var pixels = Pixels(pixelDeg, offsetMaxDeg);
        var centre = (pixels + 1) / 2.0;
        return new SkyGrid(Wcs.Create(SkyFrame.Icrs, Projection.Tan, pointing, centre, centre, -pixelDeg, pixelDeg), pixels, pixels);
    }

    private static int Pixels(double pixelDeg, double offsetMaxDeg) =>
        (int)Math.Ceiling(2 * Margin * offsetMaxDeg / pixelDeg) + 2;

    /// <summary>The first of n pixels around a coordinate.</summary>
    private static int First(double centre, int pixels) => (int)Math.Ceiling(centre - pixels / 2.0);

    private static bool Encloses(SkyGrid field, SkyPosition pointing, double offsetMaxDeg)
    {
        for (var i = 0; i < field.Width; i++)
            foreach (var (x, y) in new[] { (i, 0), (i, field.Height - 1), (0, i), (field.Width - 1, i) })
                if (field.PixelCentre(x, y) is not { } border || border.SeparationDeg(pointing) < offsetMaxDeg) return false;
        return true;
    }
}
