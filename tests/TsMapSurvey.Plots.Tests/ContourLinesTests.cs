namespace TsMapSurvey.Plots.Tests;

public sealed class ContourLinesTests
{
    [Fact]
    public void A_cone_has_a_closed_circle_of_the_right_length()
    {
        const int size = 81;
        var values = new double[size * size];
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++) values[y * size + x] = Math.Sqrt((x - 40) * (x - 40) + (y - 40) * (y - 40));
        var pieces = ContourLines.Of(values, size, size, 25.3);
        Assert.Equal(
            2 * Math.PI * 25.3, pieces.Sum(piece => Math.Sqrt(Math.Pow(piece.X2 - piece.X1, 2) + Math.Pow(piece.Y2 - piece.Y1, 2))), 0.2);
        Assert.All(pieces, piece => Assert.Equal(25.3, Math.Sqrt(Math.Pow(piece.X1 - 40, 2) + Math.Pow(piece.Y1 - 40, 2)), 0.05));
        // Closed: every end belongs to two pieces.
        var ends = pieces.SelectMany(piece => new[] { (piece.X1, piece.Y1), (piece.X2, piece.Y2) })
            .GroupBy(end => (Math.Round(end.Item1, 9), Math.Round(end.Item2, 9)));
        Assert.All(ends, end => Assert.Equal(2, end.Count()));
    }

    [Fact]
    public void Any_four_corners_are_parted_along_their_sides()
    {
        for (var above = 0; above < 16; above++)
        {
            double[] values = [Bit(above, 0), Bit(above, 1), Bit(above, 3), Bit(above, 2)];
            var pieces = ContourLines.Of(values, 2, 2, 0.5);
            var changes = Enumerable.Range(0, 4).Count(corner => Bit(above, corner) != Bit(above, (corner + 1) % 4));
            Assert.Equal(changes, pieces.Count * 2);
            Assert.All(pieces, piece => Assert.True(OnSide(piece.X1, piece.Y1) && OnSide(piece.X2, piece.Y2), $"{above}"));
        }

        static double Bit(int bits, int corner) => (bits >> corner) & 1;
        static bool OnSide(double x, double y) => (x == 0.5 && y is 0 or 1) || (y == 0.5 && x is 0 or 1);
    }

    [Fact]
    public void Nothing_is_drawn_at_a_NaN()
    {
        Assert.Empty(ContourLines.Of([0, 1, double.NaN, 1], 2, 2, 0.5));
    }
}
