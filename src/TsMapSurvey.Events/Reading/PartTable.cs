using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Events.Reading;

/// <summary>A table of an observation, with the place that messages name.</summary>
internal sealed record PartTable(FitsFile File, FitsTable Table)
{
    /// <summary>128 MiB of doubles: forty times the largest published response.</summary>
    private const long MaxElements = 1 << 24;

    public string Place => HduPlace.Of(File, Table);

    public FitsHeader Header => Table.Header;

    public static PartTable Of(FitsFile file, FitsHdu hdu) => hdu is FitsTable table
        ? new PartTable(file, table) : throw EventsErrors.NotATable(HduPlace.Of(file, hdu));

    public FitsColumn? Find(string column) => Table.Find(column);

    public FitsColumn Column(string column) =>
        Find(column) ?? throw EventsErrors.MissingColumn(Place, column, Table.Columns.Select(known => known.Name));

    /// <summary>The factor from a column's unit to another; the default unit counts if the column has none.</summary>
    public double Factor(FitsColumn column, string unit, string defaultUnit = "") =>
        MapUnits.Factor($"{Place}, column {column.Name}", string.IsNullOrWhiteSpace(column.Unit) ? defaultUnit : column.Unit, unit);

    /// <summary>The values of the first row, converted.</summary>
    public double[] FirstRow(FitsColumn column, double factor)
    {
        if (Table.RowCount == 0) throw EventsErrors.NoRow(Place);
        if (column.IsVariable) throw EventsErrors.BadShape(Place, column.Name, "arrays of variable length", "arrays of fixed length");
        if (column.Repeat > MaxElements) throw EventsErrors.TooLarge($"{Place}, column {column.Name}", "values", column.Repeat,
            MaxElements);
        var values = new double[column.Repeat];
        column.ReadDoubles(0, values);
        if (factor != 1)
            for (var i = 0; i < values.Length; i++) values[i] *= factor;
        return values;
    }

    /// <summary>An axis from its columns PREFIX_LO and PREFIX_HI: edges, or nodes where both are equal.</summary>
    /// <param name="name">The name of the axis in messages and maps.</param>
    public Responses.ResponseAxis Axis(string prefix, string name, string unit, AxisInterpolation scale)
    {
        var (lowColumn, highColumn) = (Column($"{prefix}_LO"), Column($"{prefix}_HI"));
        var (low, high) = (FirstRow(lowColumn, FactorOfAxis(lowColumn, unit)), FirstRow(highColumn, FactorOfAxis(highColumn, unit)));
        var columns = $"{prefix}_LO and {prefix}_HI";
        if (low.Length != high.Length || low.Length == 0)
            throw EventsErrors.BadAxis(Place, columns,
                $"found {low.Length} and {high.Length} values, expected equal numbers, at least one");
        var isNodes = low.Zip(high).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-8 + 1e-5 * Math.Abs(pair.First));
        try
        {
            return new Responses.ResponseAxis(isNodes
                ? new MapAxis(name, high, scale, AxisNodes.Centers, unit)
                : new MapAxis(name, [.. low, high[^1]], scale, AxisNodes.Edges, unit));
        }
        catch (MapException exception)
        {
            throw EventsErrors.BadAxis(Place, columns, exception.Message);
        }
    }

    private double FactorOfAxis(FitsColumn column, string unit) => unit.Length == 0 ? 1 : Factor(column, unit, unit);
}
