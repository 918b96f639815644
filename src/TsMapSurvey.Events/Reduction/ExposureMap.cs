using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

internal static class ExposureMap
{
    /// <summary>Effective area times live time at each pixel's centre, in m² s; 0 outside the response.</summary>
    /// <param name="largestOffsetDeg">Pixels at or beyond this offset stay 0.</param>
    public static Map<double> Of(EventObservation observation, FieldPixels field, MapAxis energyTrue, double largestOffsetDeg)
    {
        var map = new Map<double>(new MapGeometry(field.Grid, energyTrue), "m2 s");
        Fill(observation, energyTrue, field.OffsetsDeg, largestOffsetDeg, map.Data);
        return map;
    }

    /// <summary>The weights of a response map: the exposure on its grid, with one bin on its first axis.</summary>
    public static Map<double> OfResponse(EventObservation observation, FieldPixels field, MapGeometry response)
    {
        var energyTrue = response.Axis("energy_true");
        var map = new Map<double>(new MapGeometry(response.Grid, response.Axes[0].Squash(), energyTrue), "m2 s");
        Fill(observation, energyTrue, field.OffsetsDeg, double.PositiveInfinity, map.Data);
        return map;
    }

    private static void Fill(EventObservation observation, MapAxis energyTrue, ReadOnlySpan<double> offsetsDeg, double largestDeg,
        double[] data)
    {
        var (area, values, liveTimeS) = (observation.EffectiveArea.AtEnergies(energyTrue), new double[energyTrue.BinCount],
            observation.LiveTimeS);
        for (var pixel = 0; pixel < offsetsDeg.Length; pixel++)
        {
            if (!(offsetsDeg[pixel] < largestDeg)) continue;
            area(offsetsDeg[pixel], values);
            for (var j = 0; j < values.Length; j++) data[j * offsetsDeg.Length + pixel] = values[j] * liveTimeS;
        }
    }
}
