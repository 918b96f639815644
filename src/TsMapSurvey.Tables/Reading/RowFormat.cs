namespace TsMapSurvey.Tables.Reading;

/// <summary>A format in which a table of text can be read.</summary>
public enum RowFormat
{
    /// <summary>Comma-separated text with a line of names; also ECSV.</summary>
    Csv,

    /// <summary>VOTable with its rows as text (TABLEDATA).</summary>
    VoTable,

    /// <summary>An array of objects, an array of arrays, or an object of arrays.</summary>
    Json,
}
