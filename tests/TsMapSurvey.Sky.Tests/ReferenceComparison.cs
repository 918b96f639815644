using System.Text.Json;

namespace TsMapSurvey.Sky.Tests;

/// <summary>
/// Compares two reference tables. Another version of astropy or another processor may round differently, so directions are compared on the
/// sphere and not as longitudes, which are noise at a pole and jump at 360 degrees.
/// </summary>
internal static class ReferenceComparison
{
    private const double ToleranceDeg = 1e-10;

    internal static void AssertSame(JsonElement expected, JsonElement actual, string where)
    {
        Assert.True(expected.ValueKind == actual.ValueKind, where);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var turn = expected.TryGetProperty("cards", out _) ? ReferenceTable.Read(expected, where).Wcs.TurnStep : (0, 0);
                Assert.Equal(expected.EnumerateObject().Select(one => one.Name), actual.EnumerateObject().Select(one => one.Name));
                foreach (var one in expected.EnumerateObject())
                    if (one.Name is "pixelToSky" or "skyToPixel" or "rows" or "pixels")
                        AssertSameRows(one.Value, actual.GetProperty(one.Name), $"{where}/{one.Name}", turn);
                    else if (one.Name != "provenance") AssertSame(one.Value, actual.GetProperty(one.Name), $"{where}/{one.Name}");
                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), where);
                for (var i = 0; i < expected.GetArrayLength(); i++) AssertSame(expected[i], actual[i], $"{where}/{i}");
                break;
            case JsonValueKind.Number:
                AssertClose(expected.GetDouble(), actual.GetDouble(), where);
                break;
            default:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
        }
    }

    private static void AssertSameRows(JsonElement expected, JsonElement actual, string where, (double X, double Y) turn)
    {
        Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), where);
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            var (one, other) = (Cells(expected[i]), Cells(actual[i]));
            Assert.True(one.Length == other.Length, $"{where}/{i}");
            if (one.Length == 4 && where.EndsWith("skyToPixel", StringComparison.Ordinal)) MoveByTurns(one, other, turn);
            AssertSameRow(one, other, $"{where}/{i}", where.EndsWith("pixelToSky", StringComparison.Ordinal));
        }
    }

    // At native longitude 180 of a repeating sky both ends are correct.
    private static void MoveByTurns(object[] one, object[] other, (double X, double Y) turn)
    {
        if (turn is (0, 0)) return;
        var (dx, dy) = ((double)one[2] - (double)other[2], (double)one[3] - (double)other[3]);
        var turns = Math.Round((dx * turn.X + dy * turn.Y) / (turn.X * turn.X + turn.Y * turn.Y));
        (other[2], other[3]) = ((double)other[2] + turns * turn.X, (double)other[3] + turns * turn.Y);
    }

    // x, y, lon, lat | lon, lat, x, y | x, y, sr | frame, lon, lat, frame, lon, lat | lon, lat, lon, lat, separation, angle, angle,
    // separation, lon, lat
    private static void AssertSameRow(object[] one, object[] other, string where, bool isToSky)
    {
        int[] longitudes = one.Length switch { 4 when isToSky => [2], 6 => [1, 4], 10 => [0, 2, 8], _ => [] };
        for (var i = 0; i < one.Length; i++)
        {
            if (longitudes.Contains(i)) AssertSameDirection(one, other, i++, where);
            else if (one[i] is not double value) Assert.Equal(one[i], other[i]);
            else if (one.Length == 10 && i == 5) AssertSameAngle(value, (double)other[i], (double)one[4], where);
            else AssertClose(value, (double)other[i], $"{where}/{i}", one.Length == 3 && i == 2 ? 1e-9 * value : ToleranceDeg);
        }
    }

    private static void AssertSameDirection(object[] one, object[] other, int i, string where)
    {
        SkyPosition Of(object[] row) => new((double)row[i], (double)row[i + 1], SkyFrame.Icrs);
        var away = Of(one).SeparationDeg(Of(other));
        Assert.True(away <= ToleranceDeg, $"{where}: {Of(one)}, now {away} degrees away");
    }

    // A position angle is compared as the displacement of the far end.
    private static void AssertSameAngle(double one, double other, double separationDeg, string where) => Assert.True(
        Math.Abs(Math.IEEERemainder(one - other, 360)) * Math.Sin(separationDeg * Math.PI / 180) <= ToleranceDeg,
        $"{where}: {one}, now {other}");

    private static void AssertClose(double one, double other, string where, double tolerance = ToleranceDeg) =>
        Assert.True(Math.Abs(one - other) <= tolerance + 1e-12 * Math.Abs(one), $"{where}: {one}, now {other}");

    private static object[] Cells(JsonElement row) =>
        [.. row.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.String ? (object)cell.GetString()! : cell.GetDouble())];
}
