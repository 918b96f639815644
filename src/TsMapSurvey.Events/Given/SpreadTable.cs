using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Events.Given;

// The layout of gtpsf: the table PSF has a row for each energy (ENERGY in MeV, PSF in sr-1, one value for each angle), the table THETA the
// angles in degrees. Interpolated as gammapy does: linear in the logarithm of energy and in the angle.
/// <summary>A point spread function for the whole sky.</summary>
internal sealed class SpreadTable
{
    private readonly string _place;
    private readonly MapAxis _energy;
    private readonly MapAxis _theta;
    private readonly double[] _density;

    private SpreadTable(string place, MapAxis energy, MapAxis theta, double[] density) =>
        (_place, _energy, _theta, _density) = (place, energy, theta, density);

    public long ByteSize => sizeof(double) * _density.LongLength;

    /// <exception cref="MapException">A table or column is missing or not usable.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static SpreadTable Read(FitsFile file)
    {
        var (rows, angles) = (Table(file, "PSF"), Table(file, "THETA"));
        var theta = Axis(angles, "Theta", "rad", "deg", "deg", AxisInterpolation.Linear);
        var energy = Axis(rows, "Energy", "energy_true", "TeV", "MeV", AxisInterpolation.Log);
        var column = rows.Column("Psf");
        if (column.IsVariable || column.Repeat != theta.BinCount)
            throw EventsErrors.BadShape(rows.Place, column.Name, $"{column.Repeat} values in a row",
                $"{theta.BinCount}, one for each row of THETA");
        var (density, factor) = (column.ReadDoubles(), rows.Factor(column, "sr-1", "sr-1"));
        var bad = Array.FindIndex(density, value => !(value >= 0 && double.IsFinite(value)));
        if (bad >= 0)
            throw EventsErrors.BadValues(rows.Place, column.Name, FormattableString.Invariant($"{density[bad]}"),
                "densities of 0 and more");
        return new SpreadTable(rows.Place, energy, theta, Array.ConvertAll(density, value => value * factor));
    }

    /// <summary>
    /// The density at the centres of the axes, the same in all pixels, normalized so that the sum over 2 pi r dr of the rad axis is 1. In
    /// sr⁻¹.
    /// </summary>
    /// <param name="weights">The exposure on the same grid.</param>
    /// <exception cref="MapException">The table does not have an energy, or no density there.</exception>
    public PsfMap On(MapGeometry geometry, Map<double> weights)
    {
        var (rad, energyTrue, map) = (geometry.Axis("rad"), geometry.Axis("energy_true"), new Map<double>(geometry, "sr-1"));
        for (var j = 0; j < energyTrue.BinCount; j++)
        {
            var (values, sum) = (new double[rad.BinCount], 0.0);
            for (var r = 0; r < values.Length; r++)
            {
                values[r] = At(energyTrue.Centers[j], rad.Centers[r]);
                sum += 2 * Math.PI * double.DegreesToRadians(rad.Centers[r]) * double.DegreesToRadians(rad.Edges[r + 1] - rad.Edges[r])
                    * values[r];
            }

            if (!(sum > 0))
                throw EventsErrors.BadValues(_place, "Psf", FormattableString.Invariant(
                    $"no density within {rad.Edges[^1]:g4} degrees at {energyTrue.Centers[j]:g4} TeV"), "densities above 0");
            for (var r = 0; r < values.Length; r++) map.Plane(j * values.Length + r).Fill(values[r] / sum);
        }

        return new PsfMap(map, weights);
    }

    private double At(double energyTeV, double angleDeg)
    {
        var at = _energy.CoordinateToPixel(energyTeV);
        // Half a step beyond the first and last row, as these may be the centres of bins.
        if (!(at >= -0.5 - 1e-6 && at <= _energy.BinCount - 0.5 + 1e-6))
            throw EventsErrors.EnergiesOutside(_place, _energy.Centers[0], _energy.Centers[^1], energyTeV,
                "the centres of the survey's axis of true energy");
        at = Math.Clamp(at, 0, _energy.BinCount - 1);
        var row = Math.Min((int)at, _energy.BinCount - 2);
        var (low, high) = (InRow(row, angleDeg), InRow(row + 1, angleDeg));
        return low + (at - row) * (high - low);
    }

    private double InRow(int row, double angleDeg)
    {
        var at = Math.Max(0, _theta.CoordinateToPixel(angleDeg));
        if (at > _theta.BinCount - 1) return 0;
        var lower = Math.Min((int)at, _theta.BinCount - 2);
        var values = _density.AsSpan(row * _theta.BinCount + lower, 2);
        return values[0] + (at - lower) * (values[1] - values[0]);
    }

    private static PartTable Table(FitsFile file, string name) => file.Find(name) is { } hdu ? PartTable.Of(file, hdu)
        : throw EventsErrors.MissingHdu(file.Name, $"a table {name}", "a point spread function as gtpsf writes it, with PSF and THETA",
            file.Hdus.Select(other => other.Name.Length > 0 ? other.Name : $"unnamed ({other.Index})"));

    private static MapAxis Axis(PartTable table, string column, string name, string unit, string defaultUnit, AxisInterpolation scale)
    {
        var found = table.Column(column);
        if (found.IsVariable || found.Repeat != 1 || found.RowCount < 2)
            throw EventsErrors.BadAxis(table.Place, column, $"found {found.RowCount} rows of {found.Repeat} values, expected one value in "
                + "each of at least two rows");
        var factor = table.Factor(found, unit, defaultUnit);
        try
        {
            return new MapAxis(name, Array.ConvertAll(found.ReadDoubles(), value => value * factor), scale, AxisNodes.Centers, unit);
        }
        catch (MapException exception)
        {
            throw EventsErrors.BadAxis(table.Place, column, exception.Message);
        }
    }
}
