using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

public static class MapUnits
{
    /// <summary>The conversion factor; exactly 1 if the units are equal or <paramref name="wanted"/> is empty.</summary>
    public static double Factor(FitsFile file, FitsHdu hdu, string found, string wanted)
    {
        if (wanted.Length == 0) return 1;
        var factor = Factor(HduPlace.Of(file, hdu), found, wanted);
        return Math.Abs(factor - 1) > 1e-15 ? factor : 1;
    }

    /// <summary>The factor that converts values from one unit to another.</summary>
    /// <param name="where">File, HDU and column, for messages.</param>
    /// <param name="found">The unit in the file; blank if it has none.</param>
    /// <param name="wanted">The unit to convert to.</param>
    /// <exception cref="MapException">The file's unit is invalid or not compatible.</exception>
    public static double Factor(string where, string found, string wanted)
    {
        var (unit, target) = (Parse(where, found), Unit.Parse(wanted));
        return unit.IsCompatibleWith(target) ? unit.To(target, where)
            : throw MapErrors.UnitMismatch(where, string.IsNullOrWhiteSpace(found) ? "no unit" : $"the unit '{found.Trim()}'", wanted);
    }

    /// <summary>Whether values have no unit, or one that is only a name such as "counts".</summary>
    /// <exception cref="MapException">The text is not a unit.</exception>
    public static bool IsPureNumber(string where, string found) => Parse(where, found).IsCompatibleWith(Unit.None);

    private static Unit Parse(string where, string text)
    {
        try
        {
            return Unit.Parse(text);
        }
        catch (MapException exception) when (exception.Error == MapError.BadUnit)
        {
            throw MapErrors.BadUnitIn(where, exception);
        }
    }

    /// <summary>Whether a mask value is true: NaN and 0 are false.</summary>
    public static bool IsTrue(double value) => value != 0 && !double.IsNaN(value);
}
