using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Events.Reduction;

internal static class SpreadMap
{
    /// <summary>
    /// The point spread function at the centres of the response pixels, normalized so that the sum over 2 pi r dr of the rad axis is 1; 0
    /// where the response has none. In sr⁻¹.
    /// </summary>
    public static PsfMap Of(EventObservation observation, FieldPixels field, MapGeometry geometry)
    {
        var (rad, energyTrue) = (geometry.Axis("rad"), geometry.Axis("energy_true"));
        var map = new Map<double>(geometry, "sr-1");
        var density = observation.PointSpread.At(energyTrue, rad);
        double[] cells = new double[rad.BinCount * energyTrue.BinCount], rings = new double[rad.BinCount];
        for (var r = 0; r < rings.Length; r++)
            rings[r] = 2 * Math.PI * double.DegreesToRadians(rad.Centers[r]) * double.DegreesToRadians(rad.Edges[r + 1] - rad.Edges[r]);
        for (var pixel = 0; pixel < field.OffsetsDeg.Length; pixel++)
        {
            if (double.IsNaN(field.OffsetsDeg[pixel])) continue;
            density(field.OffsetsDeg[pixel], cells);
            if (!cells.AsSpan().ContainsAnyExcept(0)) continue;
            for (var j = 0; j < energyTrue.BinCount; j++)
            {
                var sum = 0.0;
                for (var r = 0; r < rings.Length; r++) sum += rings[r] * cells[j * rings.Length + r];
                if (!(sum > 0) || !double.IsFinite(sum)) continue;
                for (var r = 0; r < rings.Length; r++)
                    map.Data[(j * rings.Length + r) * field.OffsetsDeg.Length + pixel] = cells[j * rings.Length + r] / sum;
            }
        }

        return new PsfMap(map, ExposureMap.OfResponse(observation, field, geometry));
    }
}
