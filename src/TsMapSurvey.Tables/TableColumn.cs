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
    public string? Ucd { get; }

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
