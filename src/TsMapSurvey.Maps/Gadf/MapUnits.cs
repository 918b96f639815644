using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>From a file's units to ours.</summary>
internal static class MapUnits
{
    /// <summary>What to multiply values with; 1 exactly where nothing changes, or where no unit is wanted.</summary>
    public static double Factor(FitsFile file, FitsHdu hdu, string found, string wanted)
    {
        if (wanted.Length == 0) return 1;
        var factor = Unit.Parse(found).To(Unit.Parse(wanted), HduPlace.Of(file, hdu));
        return Math.Abs(factor - 1) > 1e-15 ? factor : 1;
    }

    /// <summary>A mask's value: NaN and 0 are false.</summary>
    public static bool IsTrue(double value) => value != 0 && !double.IsNaN(value);
}
