namespace TsMapSurvey.Sky.Tests;

public sealed class SkyPositionTests
{
    [Fact]
    public void Frames_agree_with_astropy()
    {
        foreach (var row in ReferenceTable.Load("frames.json").GetProperty("rows").EnumerateArray())
        {
            var from = new SkyPosition(row[1].GetDouble(), row[2].GetDouble(), Frame(row[0].GetString()));
            var expected = new SkyPosition(row[4].GetDouble(), row[5].GetDouble(), Frame(row[3].GetString()));
            var to = from.To(expected.Frame);
            Assert.Equal(expected.Frame, to.Frame);
            Assert.InRange(to.LonDeg, 0, 360);
            Assert.True(to.SeparationDeg(expected) < 1e-9, $"{from}: {to} for {expected}");
        }
    }

    [Fact]
    public void Separations_position_angles_and_offsets_agree_with_astropy()
    {
        foreach (var row in ReferenceTable.Load("distances.json").GetProperty("rows").EnumerateArray())
        {
            var cells = row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray();
            var a = new SkyPosition(cells[0], cells[1], SkyFrame.Icrs);
            var b = new SkyPosition(cells[2], cells[3], SkyFrame.Icrs);
            Assert.Equal(cells[4], a.SeparationDeg(b), 1e-12);
            Assert.Equal(0, Math.IEEERemainder(cells[5] - a.PositionAngleDeg(b), 360), 1e-9);
            Assert.InRange(a.PositionAngleDeg(b), 0, Math.BitDecrement(360.0));
            var there = a.DirectionalOffset(cells[6], cells[7]);
            Assert.Equal(0, there.SeparationDeg(new SkyPosition(cells[8], cells[9], SkyFrame.Icrs)), 1e-9);
        }
    }

    [Fact]
    public void A_separation_does_not_depend_on_the_frames() =>
        Gen.Select(Generate.Position, Generate.Position).ForSeeded((a, b) =>
        {
            var expected = a.SeparationDeg(b);
            foreach (var frame in Enum.GetValues<SkyFrame>())
                Assert.Equal(expected, a.To(frame).SeparationDeg(b), 1e-11);
        });

    [Fact]
    public void A_position_survives_conversion_to_every_frame_and_back() =>
        Generate.Position.ForSeeded(position =>
        {
            foreach (var frame in Enum.GetValues<SkyFrame>())
                Assert.Equal(0, position.SeparationDeg(position.To(frame).To(position.Frame)), 1e-11);
        });

    [Fact]
    public void An_offset_is_at_its_separation_and_position_angle() =>
        Gen.Select(Generate.Position, Gen.Double[0, 360], Gen.Double[0.001, 179]).ForSeeded((from, angle, separation) =>
        {
            var there = from.DirectionalOffset(angle, separation);
            Assert.Equal(separation, from.SeparationDeg(there), 1e-9);
            if (Math.Abs(from.LatDeg) < 89.9) Assert.Equal(0, Math.IEEERemainder(angle - from.PositionAngleDeg(there), 360), 1e-6);
        });

    [Fact]
    public void Nan_stays_nan()
    {
        var nowhere = new SkyPosition(double.NaN, 0, SkyFrame.Icrs).To(SkyFrame.Galactic);
        Assert.True(double.IsNaN(nowhere.LonDeg) && double.IsNaN(nowhere.LatDeg));
        Assert.True(double.IsNaN(nowhere.SeparationDeg(new SkyPosition(0, 0, SkyFrame.Icrs))));
    }

    private static SkyFrame Frame(string? name) => Enum.Parse<SkyFrame>(name!, ignoreCase: true);
}
