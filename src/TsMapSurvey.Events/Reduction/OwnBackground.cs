using TsMapSurvey.Maps;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// The unscaled background of an observation's own field up to the largest safe offset, from which its range was worked out. Images on the
/// same pixel grid take it from here, as it costs as much as all other maps.
/// </summary>
public sealed class OwnBackground
{
    private readonly FieldPixels _field;
    private readonly Map<double> _background;
    private readonly double _largestOffsetDeg;

    internal OwnBackground(FieldPixels field, Map<double> background, double largestOffsetDeg) =>
        (_field, _background, _largestOffsetDeg) = (field, background, largestOffsetDeg);

    /// <summary>Bytes in memory.</summary>
    public long ByteSize => sizeof(double) * (_background.Data.Length + 4L * _field.OffsetsDeg.Length);

    /// <summary>
    /// The pixels and the background on an image; null if the image has other pixels or energies, or pixels beyond the largest offset are
    /// asked for.
    /// </summary>
    internal (FieldPixels Field, Map<double> Background)? On(SkyGrid image, MapAxis energy, double largestOffsetDeg)
    {
        if (largestOffsetDeg != _largestOffsetDeg || !energy.Edges.SequenceEqual(_background.Geometry.Axis("energy").Edges)
            || !_field.Grid.IsAlignedWith(image, out var dx, out var dy)) return null;
        var map = new Map<double>(new MapGeometry(image, energy));
        for (var k = 0; k < energy.BinCount; k++) _field.Copy(_background.Plane(k), map.Plane(k), image, dx, dy);
        return (_field.Moved(image, dx, dy), map);
    }
}
