using TsMapSurvey.Likelihood.Lanes;

namespace TsMapSurvey.Likelihood.Tests;

internal static class Pack
{
    public static T Lanes<T>(params double[] values)
        where T : struct, ILanes<T> => T.Load(ref values[0], 0);

    public static double[] Values<T>(T lanes)
        where T : struct, ILanes<T>
    {
        var values = new double[T.Count];
        T.Store(lanes, ref values[0], 0);
        return values;
    }
}
