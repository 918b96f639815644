namespace TsMapSurvey.Tables;

/// <summary>A column of numbers, booleans or text, with its description.</summary>
public sealed record TableColumn
{
    private TableColumn(string name, Array values, string description, string? unit, string? ucd) =>
        (Name, Values, Description, Unit, Ucd) = (name, values, description, unit, ucd);

    /// <summary>Lower case with underscores; begins with a letter.</summary>
    public string Name { get; }

    /// <summary>double[], long[], bool[] or string[].</summary>
    public Array Values { get; }

    public string Description { get; }

    /// <summary>In FITS syntax: <c>cm-2 s-1</c>.</summary>
    public string? Unit { get; }

    /// <summary>The kind of quantity as a Unified Content Descriptor of the Virtual Observatory (UCD1+).</summary>
    public string? Ucd { get; init; }

    /// <summary>XML ID of the column in a VOTable, by which services refer to it; null: none.</summary>
    public string? Id { get; init; }

    /// <summary>The column's role in a data model of the Virtual Observatory, for example obscore:Char.SpatialAxis.numBins1.</summary>
    public string? Utype { get; init; }

    /// <summary>How text or numbers of a VOTable are to be understood, for example adql:REGION.</summary>
    public string? XType { get; init; }

    /// <summary>The integer that stands for an unknown one; null: all are known.</summary>
    public long? Null { get; init; }

    /// <summary>Whether text is only ASCII, which some standards demand.</summary>
    public bool IsAscii { get; init; }

    /// <summary>A column of numbers; NaN means unknown.</summary>
    public static TableColumn Of(string name, IEnumerable<double> values, string description, string? unit = null, string? ucd = null) =>
        new(name, values.ToArray(), description, unit, ucd);

    public static TableColumn Of(string name, IEnumerable<long> values, string description, string? unit = null, string? ucd = null) =>
        new(name, values.ToArray(), description, unit, ucd);

    public static TableColumn Of(string name, IEnumerable<bool> values, string description, string? ucd = null) =>
        new(name, values.ToArray(), description, null, ucd);

    public static TableColumn Of(string name, IEnumerable<string> values, string description, string? ucd = null) =>
        new(name, values.ToArray(), description, null, ucd);
}
