using TsMapSurvey.Fits;

namespace TsMapSurvey.SampleData;

/// <summary>A table of a hand-made event file; tests change it before it is written.</summary>
public sealed class HandMadeHdu(string name)
{
    public string Name { get; set; } = name;

    public FitsHeader Header { get; } = new();

    public List<FitsTableColumn> Columns { get; } = [];

    public HandMadeHdu With(string keyword, string value)
    {
        Header.Set(keyword, value);
        return this;
    }

    public HandMadeHdu With(string keyword, double value)
    {
        Header.Set(keyword, value);
        return this;
    }

    /// <summary>The values of one row, or of many rows with one value each.</summary>
    public HandMadeHdu Row(string column, double[] values, string? unit = null, int[]? dims = null)
    {
        Columns.RemoveAll(known => known.Name == column);
        Columns.Add(FitsTableColumn.Singles(column, Array.ConvertAll(values, value => (float)value), unit, values.Length, dims));
        return this;
    }

    public HandMadeHdu Axis(string prefix, double[] edges, string? unit) =>
        Row($"{prefix}_LO", edges[..^1], unit).Row($"{prefix}_HI", edges[1..], unit);

    public HandMadeHdu Nodes(string prefix, double[] nodes, string? unit) =>
        Row($"{prefix}_LO", nodes, unit).Row($"{prefix}_HI", nodes, unit);

    public void Drop(string column) => Columns.RemoveAll(known => known.Name == column);

    public void Rename(string column, string name)
    {
        var i = Columns.FindIndex(known => known.Name == column);
        var cells = Values(column);
        Columns[i] = FitsTableColumn.Singles(name, cells, Columns[i].Unit, cells.Length, Columns[i].Dimensions);
    }

    /// <summary>What a column holds, read back from a file.</summary>
    public float[] Values(string column)
    {
        using var stream = new MemoryStream();
        using (var writer = new FitsWriter(stream, leaveOpen: true)) writer.WriteTable(Name, Columns, Header);
        stream.Position = 0;
        using var file = FitsFile.Open(stream, "hand-made");
        return ((FitsTable)file.Hdus[1]).Find(column)!.ReadSingles();
    }
}
