using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Units;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>From a file's units to ours.</summary>
public static class MapUnits
{
    /// <summary>What to multiply values with; 1 exactly where nothing changes, or where no unit is wanted.</summary>
    public static double Factor(FitsFile file, FitsHdu hdu, string found, string wanted)
    {
        if (wanted.Length == 0) return 1;
        var factor = Factor(HduPlace.Of(file, hdu), found, wanted);
        return Math.Abs(factor - 1) > 1e-15 ? factor : 1;
    }

    /// <param name="where">File and HDU, and the column if there is one.</param>
    /// <param name="found">As the file writes it; blank where it has none.</param>
    /// <param name="wanted">As people write it.</param>
    /// <exception cref="MapException">The file's unit is none, or of another kind.</exception>
    public static double Factor(string where, string found, string wanted)
    {
        var (unit, ours) = (Parse(where, found), Unit.Parse(wanted));
        return unit.IsCompatibleWith(ours) ? unit.To(ours, where)
            : throw MapErrors.UnitMismatch(where, string.IsNullOrWhiteSpace(found) ? "no unit" : $"the unit '{found.Trim()}'", wanted);
    }

    private static Unit Parse(string where, string text)
    {
        try
        {
            return Unit.Parse(text);
        }
        catch (MapException bad) when (bad.Error == MapError.BadUnit)
        {
            throw MapErrors.BadUnitIn(where, bad);
        }
    }

    /// <summary>A mask's value: NaN and 0 are false.</summary>
    public static bool IsTrue(double value) => value != 0 && !double.IsNaN(value);
}
