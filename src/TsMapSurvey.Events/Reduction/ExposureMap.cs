using TsMapSurvey.Events.Responses;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Reduction;

internal static class ExposureMap
{
    /// <summary>Effective area times live time at each pixel's centre, in m² s; 0 outside the response.</summary>
    public static Map<double> Of(EventObservation observation, FieldPixels field, MapAxis energyTrue)
    {
        var map = new Map<double>(new MapGeometry(field.Grid, energyTrue), "m2 s");
        Fill(observation.EffectiveArea.AtEnergies(energyTrue), observation.LiveTimeS, field.OffsetsDeg, energyTrue.BinCount, map.Data);
        return map;
    }

    /// <summary>The weights of a response map: the exposure on its grid, with one bin on its first axis.</summary>
    public static Map<double> OfResponse(EventObservation observation, FieldPixels field, MapGeometry response)
    {
        var energyTrue = response.Axis("energy_true");
        var map = new Map<double>(new MapGeometry(response.Grid, response.Axes[0].Squash(), energyTrue), "m2 s");
        Fill(observation.EffectiveArea.AtEnergies(energyTrue), observation.LiveTimeS, field.OffsetsDeg, energyTrue.BinCount, map.Data);
        return map;
    }

    private static void Fill(OffsetFunction area, double liveTimeS, ReadOnlySpan<double> offsetsDeg, int energies, double[] data)
    {
        var values = new double[energies];
        for (var pixel = 0; pixel < offsetsDeg.Length; pixel++)
        {
            area(offsetsDeg[pixel], values);
            for (var j = 0; j < energies; j++) data[j * offsetsDeg.Length + pixel] = values[j] * liveTimeS;
        }
    }
}
