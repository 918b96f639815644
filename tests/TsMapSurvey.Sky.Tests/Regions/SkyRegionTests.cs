using TsMapSurvey.Sky.Regions;

namespace TsMapSurvey.Sky.Tests.Regions;

public sealed class SkyRegionTests
{
    private const int Positions = 3000;

    [Theory]
    [InlineData("CIRCLE 83.6 22 0.5")]
    [InlineData("circle 0 0 10")]
    [InlineData("CIRCLE 359.9 -89.5 3")]
    [InlineData("CIRCLE 120 30 170")]
    [InlineData("RANGE 10 20 -5 5")]
    [InlineData("RANGE 350 10 -90 -60")]
    [InlineData("RANGE -Inf +Inf 60 +Inf")]
    [InlineData("POLYGON 10 10 20 10 20 20 10 20")]
    [InlineData("POLYGON 355 -5 355 5 5 5 5 -5")]
    [InlineData("POLYGON 0 80 120 80 240 80")]
    [InlineData("POLYGON 0 0 10 0 10 10 5 3 0 10")]
    public void A_position_is_inside_as_a_plain_reference_says(string text)
    {
        var region = RegionText.Parse(text);
        var random = new Random(23);
        var inside = 0;
        for (var i = 0; i < Positions; i++)
        {
            var position = Somewhere(random, region);
            var expected = Reference(text, position);
            if (expected is not { } isInside) continue;
            inside += isInside ? 1 : 0;
            Assert.True(region.Contains(position) == isInside, $"{position} {isInside}");
            Assert.Equal(isInside, region.Contains(position.To(SkyFrame.Galactic)));
        }

        Assert.InRange(inside, Positions / 50, Positions);
    }

    [Theory]
    [InlineData("CIRCLE 84 22 1", true)]
    [InlineData("CIRCLE 84 22 0", true)]
    [InlineData("CIRCLE 84.01 22.012 0.0001", true)]
    [InlineData("CIRCLE 90 22 1", false)]
    [InlineData("CIRCLE 87.5 22 2.4", true)]
    [InlineData("CIRCLE 264 -22 179", true)]
    [InlineData("CIRCLE 264 -22 175", false)]
    [InlineData("RANGE 0 360 -90 90", true)]
    [InlineData("RANGE 0 360 30 31", false)]
    [InlineData("RANGE 85 86 21.98 22.05", true)]
    [InlineData("POLYGON 80 20 90 20 90 25 80 25", true)]
    [InlineData("POLYGON 83.01 21.01 83.04 21.01 83.02 21.03", true)]
    [InlineData("POLYGON 80 -20 90 -20 90 -25 80 -25", false)]
    public void An_image_is_touched_where_a_pixel_is_in_the_region(string text, bool touches)
    {
        var image = Image();
        var region = RegionText.Parse(text);

        Assert.Equal(touches, region.Touches(image));
        Assert.Equal(touches, !region.PixelsOf(image).IsEmpty);
    }

    [Theory]
    [InlineData("CIRCLE 84 22 0.61")]
    [InlineData("CIRCLE 83 21 0.9")]
    [InlineData("RANGE 83.5 84.5 21.7 30")]
    [InlineData("POLYGON 83.4 21.3 84.7 21.6 84.2 22.9")]
    [InlineData("RANGE 0 360 -90 90")]
    public void The_pixels_are_the_rectangle_around_those_in_the_region(string text)
    {
        var (image, region) = (Image(), RegionText.Parse(text));
        var expected = default(PixelRegion);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                if (region.Contains(image.PixelCentre(x, y)!.Value) || region.Marks.Any(mark => IsAt(image, mark, x, y)))
                    expected = expected.Union(new PixelRegion(x, y, 1, 1));

        Assert.False(expected.IsEmpty);
        Assert.Equal(expected, region.PixelsOf(image));
    }

    [Fact]
    public void Only_owned_pixels_count_if_an_image_has_others()
    {
        var image = Image();
        var mask = new bool[image.Width * image.Height];
        for (var i = 0; i < mask.Length; i++) mask[i] = i % image.Width < image.Width / 2;
        var left = new OwnedRegion(new PixelRegion(7, 7, image.Width, image.Height), mask);

        // East is left.
        Assert.True(RegionText.Parse("CIRCLE 84.5 22 0.3").Touches(image, left));
        Assert.False(RegionText.Parse("CIRCLE 83.5 22 0.3").Touches(image, left));
        Assert.True(RegionText.Parse("CIRCLE 83.5 22 0.3").Touches(image));
    }

    [Fact]
    public void An_outline_is_a_polygon_of_what_the_image_shows()
    {
        var image = Image();
        var outline = new PolygonRegion(image.Outline()!);

        for (var y = 1; y < image.Height - 1; y++)
            for (var x = 1; x < image.Width - 1; x++) Assert.True(outline.Contains(image.PixelCentre(x, y)!.Value), $"{x} {y}");
        for (var x = -3; x < image.Width + 3; x++)
        {
            Assert.False(outline.Contains(image.PixelCentre(x, -2)!.Value));
            Assert.False(outline.Contains(image.PixelCentre(x, image.Height + 1)!.Value));
        }

        var wide = Wcs.Create(SkyFrame.Galactic, Projection.Car, new SkyPosition(0, 0, SkyFrame.Galactic), 1800.5, 200.5, -0.1, 0.1);
        Assert.Null(new SkyGrid(wide, 3600, 400).Outline());
        Assert.Null(new SkyGrid(wide, 3600, 400).BoundingCap());
        Assert.Null(new SkyGrid(wide, 100, 1400).Outline());
    }

    [Theory]
    [InlineData("")]
    [InlineData("CIRCLE")]
    [InlineData("CIRCLE 1 2 -1")]
    [InlineData("CIRCLE 1 2 181")]
    [InlineData("CIRCLE 1 2 3 4")]
    [InlineData("CIRCLE NaN 2 3")]
    [InlineData("CIRCLE 1 Inf 3")]
    [InlineData("CIRCLE 1e400 2 3")]
    [InlineData("RANGE 1 2 3")]
    [InlineData("RANGE 1 361 3 4")]
    [InlineData("RANGE 1 2 4 3")]
    [InlineData("POLYGON 1 2 3 4")]
    [InlineData("POLYGON 1 2 3 4 5 6 7")]
    [InlineData("POLYGON 0 0 120 0 240 0")]
    [InlineData("BOX 1 2 3 4")]
    [InlineData("CIRCLE,1,2,3")]
    public void Another_text_is_refused_with_what_was_found(string text) =>
        Assert.Contains("expected", Assert.Throws<SkyException>(() => RegionText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_polygon_has_at_most_a_thousand_corners()
    {
        string Of(int corners) => "POLYGON " + string.Join(' ', Enumerable.Range(0, corners).Select(i =>
            FormattableString.Invariant($"{10 + Math.Cos(i * Math.Tau / corners):0.####} {Math.Sin(i * Math.Tau / corners):0.####}")));

        Assert.True(RegionText.Parse(Of(1000)).Contains(new SkyPosition(10, 0, SkyFrame.Icrs)));
        Assert.Contains("1001 corners", Assert.Throws<SkyException>(() => RegionText.Parse(Of(1001))).Message, StringComparison.Ordinal);
        Assert.Throws<SkyException>(() => RegionText.Parse($"CIRCLE {new string('1', 100_000)}"));
    }

    private static SkyGrid Image() => new(
        Wcs.Create(SkyFrame.Icrs, Projection.Tan, new SkyPosition(84, 22, SkyFrame.Icrs), 50.5, 60.5, -0.02, 0.02), 100, 120);

    private static bool IsAt(SkyGrid image, SkyPosition mark, int x, int y) =>
        image.TryPixelOf(mark, out int column, out int row) && (column, row) == (x, y);

    private static SkyPosition Somewhere(Random random, SkyRegion region)
    {
        var far = new SkyPosition(random.NextDouble() * 360, Math.Asin(2 * random.NextDouble() - 1) * 180 / Math.PI, SkyFrame.Icrs);
        return random.Next(3) == 0 || region.Cap is not { } cap ? far
            : cap.Centre.DirectionalOffset(random.NextDouble() * 360, random.NextDouble() * 1.2 * cap.RadiusDeg);
    }

    /// <summary>Null close to the border. Polygons: the sum of the angles under which their sides are seen.</summary>
    private static bool? Reference(string text, SkyPosition position)
    {
        var parts = text.Replace("-Inf", "-1000", StringComparison.Ordinal).Replace("+Inf", "1000", StringComparison.Ordinal).Split(' ');
        double[] n = [.. parts[1..].Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        if (parts[0].Equals("circle", StringComparison.OrdinalIgnoreCase))
        {
            var from = new SkyPosition(n[0], n[1], SkyFrame.Icrs).SeparationDeg(position);
            return Math.Abs(from - n[2]) < 1e-9 ? null : from < n[2];
        }

        if (parts[0] == "RANGE")
        {
            var lon = position.LonDeg < n[0] && n[0] > n[1] ? position.LonDeg + 360 : position.LonDeg;
            return lon > n[0] && lon < n[1] + (n[0] > n[1] ? 360 : 0) && position.LatDeg > n[2] && position.LatDeg < n[3];
        }

        SkyPosition[] corners = [.. n.Chunk(2).Select(pair => new SkyPosition(pair[0], pair[1], SkyFrame.Icrs))];
        if (corners.Any(corner => corner.SeparationDeg(position) > 60)) return false;
        var sum = 0.0;
        for (var i = 0; i < corners.Length; i++)
        {
            var turn = position.PositionAngleDeg(corners[(i + 1) % corners.Length]) - position.PositionAngleDeg(corners[i]);
            turn -= 360 * Math.Round(turn / 360);
            if (Math.Abs(turn) > 179.99) return null;
            sum += turn;
        }

        return Math.Abs(sum) > 180;
    }
}
